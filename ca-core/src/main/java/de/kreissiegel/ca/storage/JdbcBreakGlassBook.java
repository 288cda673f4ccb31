package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.breakglass.BreakGlassBook;
import de.kreissiegel.ca.breakglass.SealedCode;
import de.kreissiegel.ca.breakglass.SealedCode.Acknowledgement;
import de.kreissiegel.ca.breakglass.SealedCode.Office;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Emergency codes in PostgreSQL. */
final class JdbcBreakGlassBook implements BreakGlassBook {
  private final Jdbi jdbi;

  JdbcBreakGlassBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public long insert(Transaction transaction, SealedCode code, Bytes hash) {
    return JdbcTransaction.handleOf(transaction)
        .createQuery(
            """
            insert into emergency_code (hash, holder, office, tenants, made_at, made_by, ends_at)
            values (:hash, :holder, :office, :tenants, :made, :by, :ends) returning number
            """)
        .bind("hash", hash.toArray())
        .bind("holder", code.holder())
        .bind("office", code.office().name())
        .bind("tenants", code.tenants().stream().map(TenantId::value).toArray(String[]::new))
        .bind("made", code.madeAt().atOffset(ZoneOffset.UTC))
        .bind("by", code.madeBy())
        .bind("ends", code.endsAt().atOffset(ZoneOffset.UTC))
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Optional<SealedCode> lock(Transaction transaction, Bytes hash) {
    return JdbcTransaction.handleOf(transaction)
        .createQuery("select * from emergency_code where hash = :hash for update")
        .bind("hash", hash.toArray())
        .map((row, _) -> code(row))
        .findOne();
  }

  @Override
  public Optional<SealedCode> find(long number) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from emergency_code where number = :number")
                .bind("number", number)
                .map((row, _) -> code(row))
                .findOne());
  }

  @Override
  public List<SealedCode> all() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from emergency_code order by number desc")
                .map((row, _) -> code(row))
                .list());
  }

  @Override
  public void used(Transaction transaction, long number, Instant at) {
    change(transaction, "used_at = :at", number, at);
  }

  @Override
  public void withdrawn(Transaction transaction, long number, Instant at) {
    change(transaction, "withdrawn_at = coalesce(withdrawn_at, :at)", number, at);
  }

  private static void change(Transaction transaction, String what, long number, Instant at) {
    JdbcTransaction.handleOf(transaction)
        .createUpdate("update emergency_code set " + what + " where number = :number")
        .bind("number", number)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .execute();
  }

  @Override
  public void acknowledged(Transaction transaction, long number, Acknowledgement acknowledgement) {
    JdbcTransaction.handleOf(transaction)
        .createUpdate(
            """
            update emergency_code set acknowledged_by = :by, acknowledged_at = :at
            where number = :number and acknowledged_at is null
            """)
        .bind("number", number)
        .bind("by", acknowledgement.by())
        .bind("at", acknowledgement.at().atOffset(ZoneOffset.UTC))
        .execute();
  }

  private static SealedCode code(ResultSet row) throws SQLException {
    return new SealedCode(
        row.getLong("number"),
        row.getString("holder"),
        Office.valueOf(row.getString("office")),
        Arrays.stream((String[]) row.getArray("tenants").getArray())
            .map(TenantId::new)
            .collect(Collectors.toSet()),
        row.getTimestamp("made_at").toInstant(),
        row.getString("made_by"),
        row.getTimestamp("ends_at").toInstant(),
        time(row, "used_at"),
        time(row, "withdrawn_at"),
        acknowledgement(row));
  }

  private static Optional<Acknowledgement> acknowledgement(ResultSet row) throws SQLException {
    String by = row.getString("acknowledged_by");
    return time(row, "acknowledged_at").map(at -> new Acknowledgement(by, at));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
