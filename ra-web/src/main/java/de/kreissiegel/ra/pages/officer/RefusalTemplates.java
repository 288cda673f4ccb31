package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ra.pages.Words;
import java.util.List;
import java.util.stream.Stream;

/** Reasons that officers give again and again; each may be changed before it is sent. */
final class RefusalTemplates {
  private static final List<String> NAMES =
      List.of("not-needed", "unclear", "left", "names", "wrong-kind", "other-office");

  private RefusalTemplates() {}

  /**
   * One.
   *
   * @param name as the form sends it
   * @param title in the list
   * @param text what the applicant would read
   */
  record Template(String name, String title, String text) {}

  static List<Template> all(Words words) {
    return NAMES.stream().map(name -> of(name, words)).toList();
  }

  /** What somebody wrote, or, if that is nothing, the text of the template that they chose. */
  static String reason(String written, String template, Words words) {
    return written.isEmpty()
        ? Stream.of(template)
            .filter(NAMES::contains)
            .map(name -> of(name, words).text())
            .findFirst()
            .orElse("")
        : written;
  }

  private static Template of(String name, Words words) {
    return new Template(
        name, words.of("refuse." + name + ".title"), words.of("refuse." + name + ".text"));
  }
}
