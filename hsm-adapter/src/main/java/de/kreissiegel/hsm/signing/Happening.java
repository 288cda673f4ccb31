package de.kreissiegel.hsm.signing;

/** What a journal entry tells of. */
public enum Happening {
  /** Something was signed. */
  SIGNED(0),
  /** Something was refused; nothing was signed. */
  REFUSED(1),
  /** Kept octets of earlier entries were dropped after their time, under four eyes. */
  ERASED(2);

  private final int code;

  Happening(int code) {
    this.code = code;
  }

  /** The number on the wire and in the journal; it never changes its meaning. */
  public int code() {
    return code;
  }

  /**
   * The happening with this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Happening ofCode(int code) {
    for (Happening happening : values()) {
      if (happening.code == code) {
        return happening;
      }
    }
    throw new IllegalArgumentException("no happening has the number " + code);
  }
}
