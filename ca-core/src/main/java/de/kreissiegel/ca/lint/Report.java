package de.kreissiegel.ca.lint;

import java.util.ArrayList;
import java.util.List;

/** What the lints have to say of one certificate. */
final class Report {
  private final List<LintFinding> findings = new ArrayList<>(0);
  private Lint current;

  Report(Lint first) {
    this.current = first;
  }

  /** From here on this one speaks. */
  void speaks(Lint lint) {
    current = lint;
  }

  /** The rule is broken. */
  void broken() {
    broken("");
  }

  /**
   * The rule is broken.
   *
   * @param by what breaks it, in the words of the standard
   */
  void broken(String by) {
    findings.add(new LintFinding(current, printable(by)));
  }

  void require(boolean holds) {
    if (!holds) {
      broken();
    }
  }

  void require(boolean holds, String by) {
    if (!holds) {
      broken(by);
    }
  }

  List<LintFinding> findings() {
    return List.copyOf(findings);
  }

  /** What a hostile name holds must not get at a log or a terminal. */
  private static String printable(String text) {
    String cut = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    var clean = new StringBuilder(cut.length());
    cut.codePoints().map(c -> isShown(c) ? c : '\ufffd').forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
