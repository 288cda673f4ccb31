package de.kreissiegel.hsm.token;

/** The key is there, but its private part is not in memory. */
public final class KeyLocked extends Exception {
  private static final long serialVersionUID = 1L;

  public KeyLocked(String message) {
    super(message);
  }
}
