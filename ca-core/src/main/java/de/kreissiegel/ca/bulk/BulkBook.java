package de.kreissiegel.ca.bulk;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where jobs and their rows are kept. Any number of nodes may work on one. */
public interface BulkBook {
  /**
   * Stores a new job with its rows.
   *
   * @param digest SHA-256 of what the list says
   * @param again whether that may be what another list of its maker says
   * @return false if there is such a list that wasn't cancelled, and this one may not be; then
   *     nothing is stored
   */
  boolean insert(
      Transaction transaction, BulkJob job, Bytes digest, boolean again, List<BulkRow> rows);

  /** How many of a job's rows that are ready another list has done already, of the same kind. */
  int doneElsewhere(UUID job);

  Optional<BulkJob> find(UUID id);

  /** The same, locked until the transaction's end. */
  Optional<BulkJob> lock(Transaction transaction, UUID id);

  /** Stores another state of one that is locked. */
  void move(Transaction transaction, UUID id, BulkJob.State state, Instant now);

  /** Somebody's, newest first; 50 at most. */
  List<BulkJob> of(SubjectId maker);

  /** Those at which somebody has to work, the oldest first. */
  List<BulkJob> active();

  /** All rows of a job, in order. */
  List<BulkRow> rows(UUID job);

  /**
   * Lends rows that are to be checked: nobody else gets them before that time. None unless the job
   * is being checked.
   */
  List<BulkRow> unchecked(UUID job, int atMost, Instant now, Instant until);

  /**
   * Lends rows that are to be done; those that somebody had in hand and never settled have the
   * state {@link BulkRow.State#TRYING}, all others {@link BulkRow.State#READY}. None unless the job
   * is running.
   */
  List<BulkRow> due(UUID job, int atMost, Instant now, Instant until);

  /** Stores what became of a row that was lent. */
  void settle(Transaction transaction, UUID job, BulkRow row);

  /** Deletes jobs that came to rest before this time. */
  int forget(Instant before);
}
