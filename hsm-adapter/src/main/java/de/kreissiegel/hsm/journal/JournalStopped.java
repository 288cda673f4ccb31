package de.kreissiegel.hsm.journal;

/** An entry couldn't be written, so its signature must not leave. */
public final class JournalStopped extends Exception {
  private static final long serialVersionUID = 1L;

  JournalStopped(String message) {
    super(message);
  }
}
