package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.letter.ReminderBook;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What ends soon and what waits too long, in PostgreSQL. */
public final class JdbcReminderBook implements ReminderBook {
  /**
   * Good, a tenant's, and without a newer one of its kind, or one that was asked for as its
   * successor.
   */
  private static final String NEWEST =
      """
      (c.state = 'good' and c.subject_id is not null and c.erased_at is null and not exists (
        select from certificate n
        where n.subject_id = c.subject_id and n.profile = c.profile
          and n.tenant is not distinct from c.tenant
          and n.not_after > c.not_after and n.state <> 'revoked')
      and not exists (
        select from request r where r.renews_authority = c.authority and r.renews_serial = c.serial
          and r.state = 'issued'))
      """;

  private static final String ASKED =
      """
      exists (select from request r
        where r.renews_authority = c.authority and r.renews_serial = c.serial
          and r.state in ('submitted', 'awaiting', 'approved'))
      """;

  private final Jdbi jdbi;

  public JdbcReminderBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Optional<List<Ending>> next(
      Transaction transaction, int stage, Instant from, Instant horizon, int atMost) {
    Handle handle = JdbcTransaction.handleOf(transaction);
    handle.execute("insert into reminder_round values (?, ?) on conflict do nothing", stage, from);
    Optional<Instant> seenTo =
        handle
            .createQuery(
                "select seen_to from reminder_round where stage = :stage for update skip locked")
            .bind("stage", stage)
            .mapTo(Timestamp.class)
            .findOne()
            .map(Timestamp::toInstant);
    return seenTo.map(
        since -> {
          List<Ending> some = endings(handle, since, horizon, atMost);
          Instant to = some.size() < atMost ? horizon : some.getLast().certificate().notAfter();
          handle.execute(
              "update reminder_round set seen_to = greatest(seen_to, ?) where stage = ?",
              to,
              stage);
          return some;
        });
  }

  private static List<Ending> endings(Handle handle, Instant since, Instant horizon, int atMost) {
    return handle
        .createQuery(
            """
            select c.*, %s as newest, %s as asked from certificate c
            where c.tenant is not null and c.not_after > :since and c.not_after <= :horizon
            order by c.not_after fetch first :most rows with ties
            """
                .formatted(NEWEST, ASKED))
        .bind("since", since)
        .bind("horizon", horizon)
        .bind("most", atMost)
        .map(
            (row, context) ->
                new Ending(
                    CertificateRow.MAPPER.map(row, context),
                    row.getBoolean("newest"),
                    row.getBoolean("asked")))
        .list();
  }

  @Override
  public boolean isUnrenewed(AuthorityName authority, SerialNumber serial) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select true from certificate c where authority = :authority and serial ="
                        + " :serial and "
                        + NEWEST)
                .bind("authority", authority.value())
                .bind("serial", serial.toHex())
                .mapTo(Boolean.class)
                .findOne()
                .isPresent());
  }

  @Override
  public boolean isAskedFor(UUID campaign, Optional<Predecessor> certificate, Instant now) {
    return jdbi.withHandle(
        handle -> JdbcCampaignBook.isAskedFor(handle, campaign, certificate, now));
  }

  @Override
  public List<Unheeded> unheeded(Transaction transaction, Instant before, Instant now, int atMost) {
    return JdbcTransaction.handleOf(transaction)
        .createQuery(
            """
            update occasion set asked_at = :now, asked = asked + 1
            where (subject_id, tenant, profile) in (
              select o.subject_id, o.tenant, o.profile from occasion o
                join roster t on t.subject_id = o.subject_id and t.standing = 'WORKING'
              where o.asked_at < :before and o.asked between 1 and 2 and not %s
              order by o.asked_at limit :most for update of o skip locked)
            returning *,
              (select t.names[1] from roster t where t.subject_id = occasion.subject_id) as name
            """
                .formatted(PlanRows.HEEDED))
        .bind("before", before)
        .bind("now", now)
        .bind("most", atMost)
        .map(
            (row, _) ->
                new Unheeded(
                    PlanRows.occasion(row),
                    Objects.requireNonNullElse(row.getString("name"), ""),
                    row.getInt("asked")))
        .list();
  }
}
