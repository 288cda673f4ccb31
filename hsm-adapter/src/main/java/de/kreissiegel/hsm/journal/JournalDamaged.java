package de.kreissiegel.hsm.journal;

/** The journal is not as the vault left it. Nothing may be signed until somebody looked at it. */
public final class JournalDamaged extends Exception {
  private static final long serialVersionUID = 1L;

  JournalDamaged(String message) {
    super(message);
  }
}
