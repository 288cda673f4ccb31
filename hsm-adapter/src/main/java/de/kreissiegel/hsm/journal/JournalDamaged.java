package de.kreissiegel.hsm.journal;

/** The journal is not as the vault left it. Nothing may be signed until somebody looked at it. */
public final class JournalDamaged extends Exception {
  static final String VERSION_1 =
      "the journal is of version 1, which this software neither reads nor continues; keep its"
          + " folder for the software that wrote it, and begin with a new vault";

  private static final long serialVersionUID = 1L;

  JournalDamaged(String message) {
    super(message);
  }
}
