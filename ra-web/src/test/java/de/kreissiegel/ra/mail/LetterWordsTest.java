package de.kreissiegel.ra.mail;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What letters say. */
class LetterWordsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LetterKind.class)
  void saysEachLetterInGermanAndBelowInEnglish(LetterKind kind) {
    MailText text = SampleLetters.words(null).apply(SampleLetters.of(kind));

    assertThat(text.subject()).isNotBlank().doesNotContain("{", "}", "\n");
    for (String version : Set.of(text.text(), text.html())) {
      assertThat(version)
          .doesNotContain("{0}", "{1}", "{2}", "{3}", "{4}", "{5}", "{6}", "{7}", "{8}")
          .doesNotContain(" th:", "[(", "qualifiziert")
          .contains("https://pki.example:8443/");
      assertThat(version.indexOf("niemand liest Antworten"))
          .isPositive()
          .isLessThan(version.indexOf("nobody reads answers"));
    }
    assertThat(text.html()).doesNotContain("<img", "<script", "<link", "url(", "src=");
  }

  @Test
  void remindsWithTheDateTheDaysAndTheWayToRenew() {
    MailText text = SampleLetters.words(null).apply(SampleLetters.of(LetterKind.REMINDER));

    assertThat(text.subject())
        .isEqualTo(
            "Noch 14 Tage: E-Mail-Signatur + E-Mail-Verschlüsselung für Erika Müller erneuern");
    assertThat(text.text())
        .contains("gilt noch bis 13. Dezember 2026")
        .contains("Jetzt erneuern: https://pki.example:8443/certificates/people/1a2b/renew")
        .contains("14 days left: renew Signed mail + Encrypted mail");
  }

  @Test
  void asksToRenewByADayInTheCampaignsOwnWords() {
    MailText text = SampleLetters.words(null).apply(SampleLetters.of(LetterKind.CAMPAIGN));

    assertThat(text.subject()).endsWith("bitte bis zum 1. März 2027 erneuern");
    assertThat(text.text())
        .contains("auch wenn es länger gilt (bis 13. Dezember 2026")
        .contains("Fragen <heute>? Die IT hilft.\n")
        .contains("Jetzt erneuern: https://pki.example:8443/certificates/people/1a2b/renew")
        .contains("by March 1, 2027")
        .contains("Questions? Ask IT.");
    assertThat(text.html()).contains("Fragen &lt;heute&gt;?");
    MailText late = SampleLetters.words(null).apply(SampleLetters.of(LetterKind.CAMPAIGN_OVERDUE));
    assertThat(late.text())
        .contains("Noch offen: 7.")
        .contains("https://pki.example:8443/campaigns/0d0e0f10-0000-4000-8000-000000000002");
  }

  @Test
  void saysWhyARevocationHappenedInEachLanguageAndAnOfficersWordsAsTheyAre() {
    String revoked = SampleLetters.words(null).apply(SampleLetters.of(LetterKind.REVOKED)).text();
    assertThat(revoked).contains("Grund: Schlüssel verloren").contains("Reason: Key");

    MailText refused = SampleLetters.words(null).apply(SampleLetters.of(LetterKind.REFUSED));
    assertThat(refused.text()).contains("Begründung: Bitte <neu> & anders");
    assertThat(refused.html()).contains("Bitte &lt;neu&gt; &amp; anders");
  }

  @Test
  void namesSomeOfManyWhoDidNotApply() {
    Letter one = SampleLetters.of(LetterKind.MISSING);
    var many =
        new Letter(
            one.key(),
            one.kind(),
            one.tenant(),
            "occasions:smime/" + SampleLetters.HASSFURT,
            one.recipient(),
            one.address(),
            Map.of("profiles", "smime", "people", "1700", "names", "Anna Amsel, Bea Blau"),
            one.token(),
            one.createdAt());
    MailText text = SampleLetters.words(null).apply(many);
    assertThat(text.subject()).contains("1700 Personen", "E-Mail-Verschlüsselung");
    assertThat(text.text()).contains("Anna Amsel, Bea Blau", "1700 people").doesNotContain("{");
  }

  @Test
  void takesNoTextForAnotherTemplate() {
    var letter =
        SampleLetters.to(
            LetterKind.REMINDER,
            "e@x.example",
            "[(${T(java.lang.System).getenv()})] <b th:text=\"1\">");
    MailText text = SampleLetters.words(null).apply(letter);

    assertThat(text.text()).contains("[(${T(java.lang.System).getenv()})]");
    assertThat(text.html()).contains("&lt;b th:text=&quot;1&quot;&gt;");
  }

  @Test
  void usesATenantsOwnTemplateForOneKindAndTheCommonOneForOthers() throws Exception {
    Path own = Files.createDirectories(folder.resolve(SampleLetters.HASSFURT.value()));
    Files.writeString(own.resolve("reminder.txt"), "Stadt Haßfurt: [(${said['days']})] Tage");
    LetterWords words = SampleLetters.words(folder);

    assertThat(words.apply(SampleLetters.of(LetterKind.REMINDER)).text())
        .isEqualTo("Stadt Haßfurt: 14 Tage");
    assertThat(words.apply(SampleLetters.of(LetterKind.READY)).text())
        .startsWith("Ihr Zertifikat ist fertig");
    assertThat(new LetterTemplates(folder).faults()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=\"https://pixel.example/1.gif\">",
        "<IMG SRC = '//pixel.example'>",
        "<p style=\"background:url(x)\">",
        "<script>1</script>",
        "<img th:src=\"${address}\">",
        "<link rel=stylesheet>",
        "<p th:text=\"${nothing.here}\">"
      })
  void findsWhatATemplateMustNotHave(String template) throws Exception {
    Path own = Files.createDirectories(folder.resolve(SampleLetters.HASSFURT.value()));
    Files.writeString(own.resolve("letter.html"), template);

    assertThat(new LetterTemplates(folder).faults()).hasSize(1);
  }

  @Test
  void findsATemplateForALetterThatThereIsNot() throws Exception {
    Path own = Files.createDirectories(folder.resolve(SampleLetters.HASSFURT.value()));
    Files.writeString(own.resolve("greeting.txt"), "Hallo");
    Files.writeString(own.resolve("letter.doc"), "Hallo");

    assertThat(new LetterTemplates(folder).faults()).hasSize(2);
  }

  @Test
  void hasTheSameTextsInBothLanguages() {
    assertThat(keys("letters")).isEqualTo(keys("letters_en"));
  }

  private static Set<String> keys(String file) {
    return new TreeSet<>(ResourceBundle.getBundle("de.kreissiegel.ra.mail." + file).keySet());
  }
}
