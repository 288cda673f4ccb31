package de.kreissiegel.hsm.journal;

/** The octets at some place of a journal file are no whole entry. */
final class BrokenFrame extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenFrame(String message) {
    super(message);
  }

  BrokenFrame(String message, Throwable cause) {
    super(message, cause);
  }
}
