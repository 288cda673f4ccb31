package de.kreissiegel.ca.audit;

/** Text as the trail can keep it: what is hashed must come back from the database unchanged. */
final class AuditText {
  private static final int MOST = 2000;

  private AuditText() {}

  /** Without U+0000, which PostgreSQL can't store, and without halves of surrogate pairs. */
  static String clean(String text) {
    var kept = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> point == 0 || isHalf(point) ? 0xFFFD : point)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /** At most 2000 characters, and no pair cut in two. */
  static String cut(String text) {
    if (text.length() <= MOST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MOST - 2)) ? MOST - 2 : MOST - 1;
    return text.substring(0, end) + "…";
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
