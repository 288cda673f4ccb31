package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.publication.Outbox;
import de.kreissiegel.ca.publication.OutboxQueue;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The outbox in PostgreSQL, as the worker sees it. */
public final class JdbcOutboxQueue implements OutboxQueue {
  private static final int LONGEST_ERROR = 500;

  private final Jdbi jdbi;

  public JdbcOutboxQueue(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Optional<Errand> claim(Instant now, Duration lease) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    update outbox set attempts = attempts + 1, next_attempt_at = :leaseEnd
                    where id = (
                      select o.id from outbox o
                      where o.done_at is null and o.next_attempt_at <= :now
                        and not exists (
                          select from outbox earlier
                          where earlier.authority = o.authority and earlier.serial = o.serial
                            and earlier.id < o.id and earlier.done_at is null)
                      order by o.next_attempt_at, o.id
                      limit 1 for update skip locked)
                    returning id, task, subject_id, authority, serial, attempts
                    """)
                .bind("now", now)
                .bind("leaseEnd", now.plus(lease))
                .map(
                    (row, _) ->
                        new Errand(
                            row.getLong("id"),
                            Outbox.Task.valueOf(row.getString("task")),
                            new SubjectId(row.getString("subject_id")),
                            new AuthorityName(row.getString("authority")),
                            SerialNumber.fromHex(row.getString("serial")),
                            row.getInt("attempts")))
                .findOne());
  }

  @Override
  public void done(Errand errand, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("update outbox set done_at = :now, last_error = null where id = :id")
                .bind("now", now)
                .bind("id", errand.id())
                .execute());
  }

  @Override
  public void failed(Errand errand, Instant nextAttempt, String error) {
    String storable = Patterns.storable(error);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update outbox set next_attempt_at = :next, last_error = :error
                    where id = :id and done_at is null
                    """)
                .bind("next", nextAttempt)
                .bind("error", storable.substring(0, Math.min(storable.length(), LONGEST_ERROR)))
                .bind("id", errand.id())
                .execute());
  }

  @Override
  public Backlog backlog() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) as n, min(created_at) as t from outbox where done_at is null")
                .map(
                    (row, _) ->
                        new Backlog(
                            row.getLong("n"),
                            Optional.ofNullable(row.getTimestamp("t")).map(Timestamp::toInstant)))
                .one());
  }
}
