package de.kreissiegel.ca.lint;

import java.util.Locale;

/**
 * A rule that a certificate breaks.
 *
 * @param lint the rule
 * @param detail what breaks it, as an object identifier or a name; may be empty
 */
public record LintFinding(Lint lint, String detail) {
  /** In one line, in this language. */
  public String text(Locale language) {
    return lint.id()
        + ": "
        + lint.sentence(language)
        + " ("
        + lint.source()
        + ")"
        + (detail.isEmpty() ? "" : " – " + detail);
  }

  @Override
  public String toString() {
    return text(Locale.ENGLISH);
  }
}
