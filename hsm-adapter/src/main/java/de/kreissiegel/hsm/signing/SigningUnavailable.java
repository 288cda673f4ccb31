package de.kreissiegel.hsm.signing;

/** No answer came from the vault: it isn't running, or it didn't answer in time. */
public final class SigningUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  public SigningUnavailable(String message) {
    super(message);
  }

  public SigningUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
