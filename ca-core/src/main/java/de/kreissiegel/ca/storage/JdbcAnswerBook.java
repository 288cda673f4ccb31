package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.status.AnswerBook;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Jdbi;

/**
 * OCSP answers in {@code ocsp_answers}; what is to be signed in {@code ocsp_due} and {@code
 * ocsp_slot}.
 */
public final class JdbcAnswerBook implements AnswerBook {
  /** The advisory lock under which ids are given. */
  private static final long LOCK = 0x6f637370L;

  private final Jdbi jdbi;

  public JdbcAnswerBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<Batch> after(long id, int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id, encoded from ocsp_answers where id > ? order by id limit ?")
                .bind(0, id)
                .bind(1, atMost)
                .map((row, _) -> new Batch(row.getLong("id"), Bytes.of(row.getBytes("encoded"))))
                .list());
  }

  @Override
  public long lastId() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select case when is_called then last_value else 0 end"
                        + " from ocsp_answers_id_seq")
                .mapTo(Long.class)
                .one());
  }

  @Override
  public void openSlots(Collection<AuthorityName> authorities, Instant due) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into ocsp_slot (authority, slot, due)
                    select a, n, :due from unnest(:authorities) a, generate_series(0, 255) n
                    on conflict do nothing
                    """)
                .bind("due", due)
                .bindArray("authorities", String.class, names(authorities))
                .execute());
  }

  @Override
  public List<Slot> claimSlots(
      Transaction transaction, Collection<AuthorityName> authorities, Instant now, int atMost) {
    return handleOf(transaction)
        .createQuery(
            """
            select authority, slot from ocsp_slot
            where due <= :now and authority = any(:authorities)
            order by due limit :most for update skip locked
            """)
        .bind("now", now)
        .bindArray("authorities", String.class, names(authorities))
        .bind("most", atMost)
        .map((row, _) -> new Slot(authority(row), row.getInt("slot")))
        .list();
  }

  @Override
  public List<Due> inSlots(
      Transaction transaction,
      AuthorityName authority,
      Collection<Slot> slots,
      Instant notExpiredBefore) {
    return handleOf(transaction)
        .createQuery(
            """
            select serial, profile, state, state_since, revocation_reason, invalidity_date,
              status_change
            from certificate
            where authority = :authority and right('0' || serial, 2) = any(:slots)
              and not_after >= :after
            """)
        .bind("authority", authority.value())
        .bindArray(
            "slots",
            String.class,
            slots.stream().map(slot -> "%02x".formatted(slot.number())).toList())
        .bind("after", notExpiredBefore)
        .map((row, _) -> due(row))
        .list();
  }

  @Override
  public void signedSlots(Transaction transaction, Map<Slot, Instant> due) {
    var batch =
        handleOf(transaction)
            .prepareBatch(
                "update ocsp_slot set due = :due where authority = :authority and slot = :slot");
    due.forEach(
        (slot, at) ->
            batch
                .bind("due", at)
                .bind("authority", slot.authority().value())
                .bind("slot", slot.number())
                .add());
    batch.execute();
  }

  @Override
  public List<Change> takeChanges(Transaction transaction, int atMost) {
    return handleOf(transaction)
        .createQuery(
            """
            with taken as (
              delete from ocsp_due
              where id in (select id from ocsp_due order by id limit :most for update skip locked)
              returning authority, serial, changed, at),
            each as (
              select authority, serial, bool_or(changed) changed, min(at) at
              from taken group by authority, serial)
            select * from each join certificate using (authority, serial)
            """)
        .bind("most", atMost)
        .map(
            (row, _) ->
                new Change(authority(row), due(row), row.getBoolean("changed"), instant(row, "at")))
        .list();
  }

  @Override
  public void append(
      Transaction transaction,
      AuthorityName authority,
      OptionalInt slot,
      Bytes encoded,
      Instant nextUpdate) {
    var handle = handleOf(transaction);
    handle.execute("select pg_advisory_xact_lock(?)", LOCK);
    if (slot.isPresent()) {
      handle.execute(
          "delete from ocsp_answers where authority = ? and slot = ?",
          authority.value(),
          slot.getAsInt());
    }
    handle
        .createUpdate(
            """
            insert into ocsp_answers (authority, slot, next_update, encoded)
            values (:authority, :slot, :end, :encoded)
            """)
        .bind("authority", authority.value())
        .bind("slot", slot.isPresent() ? (Integer) slot.getAsInt() : null)
        .bind("end", nextUpdate)
        .bind("encoded", encoded.toArray())
        .execute();
  }

  @Override
  public void dropEndedBefore(Instant time) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from ocsp_answers where next_update < :time")
                .bind("time", time)
                .execute());
  }

  @Override
  public Waiting waiting() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) count, min(at) at from ocsp_due")
                .map(
                    (row, _) ->
                        new Waiting(
                            row.getLong("count"),
                            Optional.ofNullable(row.getObject("at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .one());
  }

  private static Due due(ResultSet row) throws SQLException {
    return new Due(
        SerialNumber.fromHex(row.getString("serial")),
        CertificateRow.status(row),
        row.getInt("status_change"),
        new ProfileName(row.getString("profile")));
  }

  private static AuthorityName authority(ResultSet row) throws SQLException {
    return new AuthorityName(row.getString("authority"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static List<String> names(Collection<AuthorityName> authorities) {
    return authorities.stream().map(AuthorityName::value).toList();
  }
}
