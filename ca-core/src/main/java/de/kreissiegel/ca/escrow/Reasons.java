package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;

/** Reasons in words, as people type them. */
public final class Reasons {
  private static final int LONGEST = 500;

  private Reasons() {}

  /**
   * The same on one line.
   *
   * @throws Refused REASON_MISSING if it hasn't 1 to 500 characters
   */
  public static String clean(String text) throws Refused {
    String words = text.replaceAll("\\p{Cc}+", " ").strip();
    if (words.isEmpty() || words.length() > LONGEST) {
      throw new Refused(RefusalReason.REASON_MISSING, "a reason has 1 to 500 characters");
    }
    return words;
  }
}
