package de.kreissiegel.hsm.token;

/** The key's file doesn't open: not this passphrase, or the file was changed. */
public final class KeyUnreadable extends Exception {
  private static final long serialVersionUID = 1L;

  public KeyUnreadable(String message) {
    super(message);
  }

  public KeyUnreadable(String message, Throwable cause) {
    super(message, cause);
  }
}
