package de.kreissiegel.ca.handover;

import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where files on their way lie. */
public interface HandoverBook {
  /** Keeps it in place of an older one of the same certificate. */
  void put(Transaction transaction, StoredHandover handover);

  /** The one of this id, its row locked until the end. */
  Optional<StoredHandover> lock(Transaction transaction, HandoverId id);

  /** Counts a wrong code for one that {@link #lock} has locked. */
  void countFailure(Transaction transaction, HandoverId id);

  void destroy(Transaction transaction, HandoverId id);

  /** Up to 100 whose time is over, locked; those that somebody else holds are left out. */
  List<StoredHandover> lockExpired(Transaction transaction, Instant now);
}
