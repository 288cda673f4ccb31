package de.kreissiegel.ra.errors;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.refusal.RefusalReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

class RefusalMessagesTest {
  private static final List<Locale> LANGUAGES = List.of(Locale.GERMAN, Locale.ENGLISH);

  private final RefusalMessages words = new RefusalMessages(source(), new RefusalLog());

  @Test
  void saysOfEachRefusalWhatWhyAndWhatNextInBothLanguages() {
    for (var language : LANGUAGES) {
      var told = all(language);
      assertThat(told).hasSize(RefusalReason.values().length + RefusalMessages.STATUSES.size());
      assertThat(told)
          .allSatisfy(
              one -> {
                assertThat(one.title()).isNotBlank().hasSizeLessThan(60);
                assertThat(one.cause()).isNotBlank().endsWith(".");
                assertThat(one.nextStep()).isNotBlank().endsWith(".");
              });
    }
  }

  @Test
  void saysItInOtherWordsInTheOtherLanguageUnderTheSameCode() {
    var german = all(Locale.GERMAN);
    var english = all(Locale.ENGLISH);
    for (int i = 0; i < german.size(); i++) {
      assertThat(english.get(i).code()).isEqualTo(german.get(i).code());
      assertThat(english.get(i).title()).isNotEqualTo(german.get(i).title());
      assertThat(english.get(i).cause()).isNotEqualTo(german.get(i).cause());
      assertThat(english.get(i).nextStep()).isNotEqualTo(german.get(i).nextStep());
    }
  }

  @Test
  void givesEachRefusalACodeOfItsOwn() {
    assertThat(all(Locale.GERMAN)).extracting(Explanation::code).doesNotHaveDuplicates();
    assertThat(words.explain(RefusalReason.BAD_POP, Locale.GERMAN).code()).isEqualTo("bad-pop");
    assertThat(words.explain(404, Locale.GERMAN).code()).isEqualTo("http-404");
  }

  @Test
  void tellsTheNearestOfAStatusWithoutWords() {
    assertThat(words.explain(418, Locale.GERMAN).code()).isEqualTo("http-400");
    assertThat(words.explain(507, Locale.GERMAN).code()).isEqualTo("http-500");
  }

  @Test
  void hasNoWordsThatNobodySays() {
    Set<String> said = new HashSet<>();
    for (var reason : RefusalReason.values()) {
      said.addAll(keys("refusal." + reason));
    }
    for (var status : RefusalMessages.STATUSES) {
      said.addAll(keys("http." + status));
    }
    said.addAll(List.of("session.ended.title", "session.ended.cause", "session.ended.next"));
    for (var language : LANGUAGES) {
      assertThat(ResourceBundle.getBundle("refusals", language, ONLY).keySet()).isEqualTo(said);
    }
  }

  private static final ResourceBundle.Control ONLY =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private static List<String> keys(String refusal) {
    return List.of(refusal + ".title", refusal + ".cause", refusal + ".next");
  }

  private List<Explanation> all(Locale language) {
    var all = new ArrayList<Explanation>();
    for (var reason : RefusalReason.values()) {
      all.add(words.explain(reason, language));
    }
    for (var status : RefusalMessages.STATUSES) {
      all.add(words.explain(status, language));
    }
    return all;
  }

  static ResourceBundleMessageSource source() {
    var source = new ResourceBundleMessageSource();
    source.setBasename("refusals");
    source.setFallbackToSystemLocale(false);
    source.setDefaultEncoding("UTF-8");
    return source;
  }
}
