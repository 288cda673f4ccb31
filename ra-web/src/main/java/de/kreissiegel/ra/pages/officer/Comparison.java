package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The subject as it was when asked, beside what the directory says of it now. */
final class Comparison {
  private Comparison() {}

  /**
   * One attribute.
   *
   * @param key what it is, in {@code messages.properties}
   * @param asked its value when asked
   * @param now its value now; empty if the entry has none, or is gone
   */
  record Line(String key, String asked, String now) {
    public boolean differs() {
      return !asked.equals(now);
    }
  }

  /** All attributes that either has, differing or not. */
  static List<Line> of(Subject asked, Optional<Subject> now, Words words) {
    return List.of(
            line("name", asked, now, Subject::commonName),
            line("title", asked, now, subject -> subject.title().orElse("")),
            line("given-name", asked, now, subject -> subject.givenName().orElse("")),
            line("surname", asked, now, subject -> subject.surname().orElse("")),
            line("mail", asked, now, subject -> subject.mail().orElse("")),
            line("dns-name", asked, now, subject -> subject.dnsName().orElse("")),
            line("login", asked, now, subject -> subject.login().orElse("")),
            line("tenants", asked, now, subject -> tenants(subject, words)),
            line("enabled", asked, now, subject -> enabled(subject, words)),
            line("entry", asked, now, Subject::directoryName))
        .stream()
        .filter(line -> !line.asked().isEmpty() || !line.now().isEmpty())
        .toList();
  }

  private static Line line(
      String key, Subject asked, Optional<Subject> now, Function<Subject, String> attribute) {
    return new Line("subject." + key, attribute.apply(asked), now.map(attribute).orElse(""));
  }

  private static String tenants(Subject subject, Words words) {
    return subject.tenants().stream()
        .sorted(TenantId::compareTo)
        .map(words::tenant)
        .collect(Collectors.joining(", "));
  }

  private static String enabled(Subject subject, Words words) {
    return words.of(subject.enabled() ? "subject.enabled.yes" : "subject.enabled.no");
  }
}
