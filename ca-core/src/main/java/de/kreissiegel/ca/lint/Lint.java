package de.kreissiegel.ca.lint;

import java.util.Locale;

/** A rule that certificates are held against. */
public final class Lint {
  /** Holds a certificate against a rule. */
  @FunctionalInterface
  interface Check {
    void run(Case it, Report report);
  }

  private final String id;
  private final Severity severity;
  private final String source;
  private final String german;
  private final String english;
  private final Check check;

  private Lint(
      String id, Severity severity, String source, String german, String english, Check check) {
    this.id = id;
    this.severity = severity;
    this.source = source;
    this.german = german;
    this.english = english;
    this.check = check;
  }

  static Lint error(String id, String source, String german, String english, Check check) {
    return new Lint(id, Severity.ERROR, source, german, english, check);
  }

  static Lint warning(String id, String source, String german, String english, Check check) {
    return new Lint(id, Severity.WARNING, source, german, english, check);
  }

  /** Its name, as {@code rfc5280.version}; the part before the point says whose rule it is. */
  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  /** The clause behind it. */
  public String source() {
    return source;
  }

  /** The rule in one sentence, in this language, else in German. */
  public String sentence(Locale language) {
    return language.getLanguage().equals("en") ? english : german;
  }

  Check check() {
    return check;
  }

  @Override
  public String toString() {
    return id;
  }
}
