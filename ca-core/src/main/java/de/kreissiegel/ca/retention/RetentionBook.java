package de.kreissiegel.ca.retention;

import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.Optional;

/** What is kept, by class. */
public interface RetentionBook {
  /** What of a class ended before this time and is still there. */
  Due due(RetentionClass which, Instant before);

  /**
   * Erases some of that.
   *
   * @param now when; for what tells of its own erasure
   * @param most how many at once
   * @return how many; 0 if nothing is left
   */
  int erase(Transaction transaction, RetentionClass which, Instant before, Instant now, int most);

  /**
   * What is due.
   *
   * @param count how many certificates, requests or events
   * @param oldest when the oldest of them ended
   */
  record Due(long count, Optional<Instant> oldest) {}
}
