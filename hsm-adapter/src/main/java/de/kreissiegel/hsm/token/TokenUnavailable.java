package de.kreissiegel.hsm.token;

/** The token doesn't answer: it was taken away, or its session is lost. */
public final class TokenUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  public TokenUnavailable(String message) {
    super(message);
  }

  public TokenUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
