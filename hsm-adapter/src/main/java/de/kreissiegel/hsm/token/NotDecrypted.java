package de.kreissiegel.hsm.token;

/** The octets were not encrypted to this key in this way. */
public final class NotDecrypted extends Exception {
  private static final long serialVersionUID = 1L;

  public NotDecrypted(String message) {
    super(message);
  }
}
