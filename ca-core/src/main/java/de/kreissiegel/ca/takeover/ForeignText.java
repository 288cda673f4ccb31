package de.kreissiegel.ca.takeover;

/** Text that others wrote, made fit for a database and a terminal. */
final class ForeignText {
  private ForeignText() {}

  /** Without control characters and half surrogates, cut to a length. */
  static String of(String text, int longest) {
    var fit = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(point -> isFit(point) ? point : 0xfffd)
        .forEach(fit::appendCodePoint);
    return fit.toString();
  }

  private static boolean isFit(int point) {
    return !Character.isISOControl(point)
        && Character.getType(point) != Character.SURROGATE
        && Character.getType(point) != Character.FORMAT;
  }
}
