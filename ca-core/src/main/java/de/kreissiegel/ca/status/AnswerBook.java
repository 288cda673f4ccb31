package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where OCSP answers that were signed ahead are kept, and what is to be signed next. Any number of
 * nodes may sign: what one has claimed, the others pass over until its transaction ends.
 */
public interface AnswerBook {
  /** A certificate's slot is one of so many, chosen by the last octet of its serial number. */
  int SLOTS = 256;

  /**
   * Batches in the order in which they became visible.
   *
   * @param id all up to it are known
   * @param atMost how many are wanted
   */
  List<Batch> after(long id, int atMost);

  /** The highest id that was ever given; 0 if there was none. */
  long lastId();

  /** Lets the slots of these authorities be signed from now on. */
  void openSlots(Collection<AuthorityName> authorities, Instant due);

  /** Claims the slots of these authorities that wait longest, of those that are due. */
  List<Slot> claimSlots(
      Transaction transaction, Collection<AuthorityName> authorities, Instant now, int atMost);

  /** Of whom slots tell: certificates that end at this time or later. */
  List<Due> inSlots(
      Transaction transaction,
      AuthorityName authority,
      Collection<Slot> slots,
      Instant notExpiredBefore);

  /** Says when claimed slots are to be signed again. */
  void signedSlots(Transaction transaction, Map<Slot, Instant> due);

  /** Claims and takes out certificates that are new or whose status has changed, oldest first. */
  List<Change> takeChanges(Transaction transaction, int atMost);

  /**
   * Keeps a batch. Whoever else keeps one waits until the transaction ends, so this comes last in
   * it.
   *
   * @param slot the slot whose certificates are all in it, so that earlier batches of the slot are
   *     not needed any more
   */
  void append(
      Transaction transaction,
      AuthorityName authority,
      OptionalInt slot,
      Bytes encoded,
      Instant nextUpdate);

  /** Drops batches whose answers have not held since before this time. */
  void dropEndedBefore(Instant time);

  /** What waits to be signed because it is new or changed, and since when. */
  Waiting waiting();

  /** A batch; the id grows. */
  record Batch(long id, Bytes encoded) {}

  /** All certificates of an authority whose serial number ends with this octet. */
  record Slot(AuthorityName authority, int number) {}

  /**
   * A certificate of which something is to be said.
   *
   * @param change how often its status has changed
   */
  record Due(SerialNumber serial, CertificateStatus status, int change, ProfileName profile) {
    /** The number of its slot. */
    int slot() {
      return serial.value().intValue() & (SLOTS - 1);
    }
  }

  /**
   * A certificate of which something new is to be said.
   *
   * @param changed whether its status has changed; else it is new
   * @param at when that happened
   */
  record Change(AuthorityName authority, Due due, boolean changed, Instant at) {}

  /**
   * @param count how many
   * @param oldest since when the first of them waits
   */
  record Waiting(long count, Optional<Instant> oldest) {}
}
