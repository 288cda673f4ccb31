package de.kreissiegel.hsm.signing;

/** No answer came from the vault: it isn't running, or it didn't answer in time. */
public final class SigningUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean neverAsked;

  public SigningUnavailable(String message) {
    super(message);
    this.neverAsked = false;
  }

  public SigningUnavailable(String message, Throwable cause) {
    super(message, cause);
    this.neverAsked = false;
  }

  private SigningUnavailable(boolean neverAsked, String message, Throwable cause) {
    super(message, cause);
    this.neverAsked = neverAsked;
  }

  /** The question never reached the vault whole: nothing was signed, whatever else is wrong. */
  public static SigningUnavailable neverAsked(String message, Throwable cause) {
    return new SigningUnavailable(true, message, cause);
  }

  /**
   * Whether the question surely never reached the vault. If not, the signature may exist: its
   * journal knows.
   */
  public boolean isNeverAsked() {
    return neverAsked;
  }
}
