package de.kreissiegel.ca.breakglass;

import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where emergency codes are kept. None is ever taken away. */
public interface BreakGlassBook {
  /**
   * Keeps a new one.
   *
   * @param code with any number
   * @return its number
   */
  long insert(Transaction transaction, SealedCode code, Bytes hash);

  /** By the hash of what was typed; nobody else changes it until the transaction ends. */
  Optional<SealedCode> lock(Transaction transaction, Bytes hash);

  /** By its number. */
  Optional<SealedCode> find(long number);

  /** All, the newest first. */
  List<SealedCode> all();

  void used(Transaction transaction, long number, Instant at);

  void withdrawn(Transaction transaction, long number, Instant at);

  void acknowledged(
      Transaction transaction, long number, SealedCode.Acknowledgement acknowledgement);
}
