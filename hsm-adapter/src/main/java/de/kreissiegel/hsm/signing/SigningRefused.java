package de.kreissiegel.hsm.signing;

/** The vault said no. The same request will be refused again. */
public final class SigningRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public SigningRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Why. The number is the one on the wire. */
  public enum Reason {
    /** The key's policy doesn't allow it; the message names the rule. */
    POLICY(1),
    /** There is no key of that name. */
    UNKNOWN_KEY(2),
    /** The key is there but locked. */
    LOCKED_KEY(3),
    /** The id was used before, for other octets. */
    ID_REUSED(4),
    /** The structure can't be read as what it claims to be. */
    MALFORMED(5);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    /**
     * The reason with this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Reason ofCode(int code) {
      for (Reason reason : values()) {
        if (reason.code == code) {
          return reason;
        }
      }
      throw new IllegalArgumentException("no reason has the number " + code);
    }
  }
}
