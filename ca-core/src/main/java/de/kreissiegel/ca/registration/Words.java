package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;

/** Free text from people. */
final class Words {
  private static final int LONGEST = 500;

  private Words() {}

  /** Without control characters, which no database and no log should meet. */
  static String clean(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || isLoneSurrogate(c) ? ' ' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  /**
   * A reason, 1 to 500 characters.
   *
   * @throws Refused REASON_MISSING
   */
  static String reason(String text) throws Refused {
    String clean = clean(text);
    if (clean.isEmpty() || clean.length() > LONGEST) {
      throw new Refused(RefusalReason.REASON_MISSING, "a reason has 1 to 500 characters");
    }
    return clean;
  }

  /**
   * A remark, up to 500 characters.
   *
   * @throws Refused BAD_DATA_FORMAT
   */
  static String remark(String text) throws Refused {
    String clean = clean(text);
    if (clean.length() > LONGEST) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "a remark has at most 500 characters");
    }
    return clean;
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
