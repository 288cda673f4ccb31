package de.kreissiegel.ca.issuance;

/**
 * The vault's journal is not the one that the authority has read before: cut off, rewritten, or
 * another vault's. Nothing is issued until people have looked into it.
 */
public final class JournalMismatch extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  JournalMismatch(String message) {
    super(message);
  }
}
