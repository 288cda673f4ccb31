package de.kreissiegel.hsm.signing;

/** No answer came from the vault: it isn't running, or it didn't answer in time. */
public final class SigningUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  /** How far the question came. */
  private enum Reach {
    NOWHERE,
    PERHAPS,
    ANSWERED
  }

  private final Reach reach;

  public SigningUnavailable(String message) {
    super(message);
    this.reach = Reach.PERHAPS;
  }

  public SigningUnavailable(String message, Throwable cause) {
    super(message, cause);
    this.reach = Reach.PERHAPS;
  }

  private SigningUnavailable(Reach reach, String message, Throwable cause) {
    super(message, cause);
    this.reach = reach;
  }

  /** The question never reached the vault whole: nothing was signed, whatever else is wrong. */
  public static SigningUnavailable neverAsked(String message, Throwable cause) {
    return new SigningUnavailable(Reach.NOWHERE, message, cause);
  }

  /** The vault itself said that it can't: its journal won't change any more by this question. */
  public static SigningUnavailable answered(String message) {
    return new SigningUnavailable(Reach.ANSWERED, message, new IllegalStateException(message));
  }

  /**
   * Whether the question surely never reached the vault. If not, the signature may exist: its
   * journal knows.
   */
  public boolean isNeverAsked() {
    return reach == Reach.NOWHERE;
  }

  /** Whether the vault said so itself. If not, it may still be at work on the question. */
  public boolean isAnswered() {
    return reach == Reach.ANSWERED;
  }
}
