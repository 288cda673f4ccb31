package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Where recoveries are kept. */
public interface RecoveryBook {
  /**
   * Stores a new one.
   *
   * @return false if one of this owner's keys of this tenant is open; nothing is stored then
   */
  boolean insert(Transaction transaction, Recovery.Requested recovery);

  /** As it is now. */
  Optional<Recovery> find(RecoveryId id);

  /** It, its row locked until the transaction's end. */
  Optional<Recovery> lock(Transaction transaction, RecoveryId id);

  /** The one with this file, locked. */
  Optional<Recovery> lock(Transaction transaction, FileId file);

  /**
   * Stores an officer's signatures, and the state of one that is locked; a file that there was is
   * destroyed.
   *
   * @param officer the last of those who gave theirs
   * @param signatures by the releases' names
   */
  void sign(
      Transaction transaction, Recovery recovery, SubjectId officer, Map<UUID, Bytes> signatures);

  /** Notes of one that is locked that an officer's signatures count no more; they stay. */
  void revoke(Transaction transaction, RecoveryId id, SubjectId officer, Instant at);

  /** All signatures for a recovery that count, by the releases' names. */
  Map<UUID, List<Bytes>> signatures(RecoveryId id);

  /** The same, by the officers. */
  Map<SubjectId, List<Bytes>> signaturesOfOfficers(RecoveryId id);

  /** The encrypted wrapping keys of one that is approved, by the keys' hashes; else none. */
  Map<Bytes, Bytes> wrappingKeys(RecoveryId id);

  /** Stores the file of one that is locked, in place of the one there was. */
  void offer(Transaction transaction, Recovery.Ready recovery, Bytes file);

  /** The file of one that is locked and ready. */
  Bytes file(Transaction transaction, RecoveryId id);

  /** Stores that a locked one was collected or has ended; a file goes with it. */
  void settle(Transaction transaction, Recovery recovery);

  /** Open ones whose time, or whose file's time, is over; locked. Those held elsewhere are left. */
  List<Recovery> lockOverdue(Transaction transaction, Instant requestedBefore, Instant now);

  /** Those of these tenants, newest first; 500 at most. */
  List<Recovery> ofTenants(Set<TenantId> tenants);

  /** Those of these owners' keys, and those that this person asked for or collects. */
  List<Recovery> of(Collection<SubjectId> owners, SubjectId person);
}
