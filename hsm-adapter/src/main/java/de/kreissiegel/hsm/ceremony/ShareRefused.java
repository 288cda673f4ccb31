package de.kreissiegel.hsm.ceremony;

/** A share, or a set of them, is not the right one; the message says what to do. */
public final class ShareRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int place;

  ShareRefused(Reason reason, int place, String sentence) {
    super(reason.word + ": " + sentence);
    this.reason = reason;
    this.place = place;
  }

  public Reason reason() {
    return reason;
  }

  /** The mistyped group or the share's number, counted from 1; 0 where it says nothing. */
  public int place() {
    return place;
  }

  /** What is wrong. */
  public enum Reason {
    /** Too many or too few characters. */
    LENGTH("share-length"),
    /** A character that no share has. */
    SYMBOL("share-symbol"),
    /** A group's check symbol doesn't fit the group. */
    GROUP("share-group"),
    /** All groups fit, the whole doesn't. */
    CHECKSUM("share-checksum"),
    /** A share of another vault. */
    OTHER_VAULT("share-vault"),
    /** A share of another key. */
    OTHER_KEY("share-key"),
    /** Shares that were made at different times. */
    MIXED("share-set"),
    /** The same share again. */
    TWICE("share-twice"),
    /** Fewer than the secret needs. */
    TOO_FEW("share-count"),
    /** Well-formed, but not what was handed out. */
    WRONG("share-wrong");

    private final String word;

    Reason(String word) {
      this.word = word;
    }
  }
}
