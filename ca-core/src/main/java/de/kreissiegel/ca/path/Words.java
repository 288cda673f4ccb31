package de.kreissiegel.ca.path;

/** Text from a certificate, made fit for a terminal and a log. */
final class Words {
  private static final int LONGEST = 300;

  private Words() {}

  /** Control characters, and what turns the direction of writing, become question marks. */
  static String safe(String text) {
    var safe = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            point -> {
              int type = Character.getType(point);
              boolean hidden =
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR
                      || type == Character.SURROGATE;
              safe.appendCodePoint(hidden ? '?' : point);
            });
    return safe.toString();
  }
}
