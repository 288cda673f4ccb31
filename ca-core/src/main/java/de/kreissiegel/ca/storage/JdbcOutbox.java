package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.publication.Outbox;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Clock;

/**
 * The outbox in PostgreSQL, as those see it who put something in: an errand for each directory that
 * there is.
 */
public final class JdbcOutbox implements Outbox {
  private final Clock clock;

  public JdbcOutbox(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void enqueue(
      Transaction transaction,
      Task task,
      SubjectId subject,
      AuthorityName authority,
      SerialNumber serial) {
    JdbcTransaction.handleOf(transaction)
        .createUpdate(
            """
            insert into outbox
              (destination, task, subject_id, authority, serial, created_at, next_attempt_at)
            select name, :task, :subject, :authority, :serial, :now, :now
            from (
              select name from publication_destination
              union all
              select 'district' where not exists (select from publication_destination)) there
            """)
        .bind("task", task.name())
        .bind("subject", subject.value())
        .bind("authority", authority.value())
        .bind("serial", serial.toHex())
        .bind("now", clock.instant())
        .execute();
  }
}
