package de.kreissiegel.ra.mail;

import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Letters as the authority writes them. */
final class SampleLetters {
  static final TenantId HASSFURT = new TenantId("stadt-hassfurt.example");
  static final String TOKEN = "00112233445566778899aabbccddeeff";
  static final MailSettings SETTINGS =
      new MailSettings(
          "kreissiegel@kreis.example",
          "Kreissiegel",
          Optional.of("bounces@kreis.example"),
          URI.create("https://pki.example:8443"));

  private SampleLetters() {}

  static Letter of(LetterKind kind) {
    return to(kind, "erika@stadt-hassfurt.example", "Erika Müller");
  }

  static Letter to(LetterKind kind, String address, String holder) {
    return new Letter(
        kind.templateName() + "/people/1a2b/14/erika",
        kind,
        Optional.of(HASSFURT),
        "certificate:people/1a2b",
        Optional.of(new SubjectId("erika")),
        address,
        Map.ofEntries(
            Map.entry("profiles", "mail-signature smime"),
            Map.entry("holder", holder),
            Map.entry("until", "2026-12-13T10:15:00Z"),
            Map.entry("since", "2026-11-01T10:15:00Z"),
            Map.entry("days", "14"),
            Map.entry("campaign", "0d0e0f10-0000-4000-8000-000000000002"),
            Map.entry("title", "Alle auf die neue"),
            Map.entry("due", "2027-03-01"),
            Map.entry("left", "7"),
            Map.entry("text-de", "Fragen <heute>? Die IT hilft.\nDanke!"),
            Map.entry("text-en", "Questions? Ask IT."),
            Map.entry("certificate", "people/1a2b"),
            Map.entry("request", "0d0e0f10-0000-4000-8000-000000000001"),
            Map.entry("actor", "person:otto"),
            Map.entry("actor-name", "Otto Officer"),
            Map.entry("applicant-name", "Erika Müller"),
            Map.entry(
                "reason", kind == LetterKind.REVOKED ? "KEY_COMPROMISE" : "Bitte <neu> & anders"),
            Map.entry("event", "crl.stale"),
            Map.entry("detail", "people: 3 hours")),
        TOKEN,
        Instant.parse("2026-11-29T10:00:00Z"));
  }

  static LetterWords words(@Nullable Path templates) {
    var pages = new ResourceBundleMessageSource();
    pages.setBasename("messages");
    pages.setDefaultEncoding("UTF-8");
    pages.setFallbackToSystemLocale(false);
    return new LetterWords(
        new LetterTemplates(templates),
        ProfileCatalog.bundled(),
        pages,
        SETTINGS.pages(),
        ZoneId.of("Europe/Berlin"));
  }
}
