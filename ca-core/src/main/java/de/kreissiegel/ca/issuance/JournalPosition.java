package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;

/** How far the vault's journal was taken in. */
public interface JournalPosition {
  /** Where the authority stands; at the beginning if nothing was taken in yet. */
  Mark current();

  /**
   * Moves on, if nobody else did meanwhile; nobody else can before the transaction's end.
   *
   * @return false if somebody was faster
   */
  boolean advance(Transaction transaction, Mark from, Mark to);

  /**
   * A place in the journal.
   *
   * @param nextIndex the first entry not taken in
   * @param lastHash the hash of the entry before it; empty at the beginning
   */
  record Mark(long nextIndex, Optional<Bytes> lastHash) {}
}
