package de.kreissiegel.ca.roles;

import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where conflicts are kept. */
public interface ConflictBook {
  /** The one that lasts, its row locked. */
  Optional<Conflict> open(Transaction transaction, SubjectId person);

  /** Notes one that begins. */
  void begin(
      Transaction transaction, SubjectId person, String name, Set<Office> offices, Instant at);

  /** Notes that it is over. */
  void end(Transaction transaction, SubjectId person, Instant at);

  /** Those that last, the oldest first. */
  List<Conflict> lasting();
}
