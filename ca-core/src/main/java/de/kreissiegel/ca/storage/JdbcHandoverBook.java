package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.handover.HandoverBook;
import de.kreissiegel.ca.handover.HandoverCode;
import de.kreissiegel.ca.handover.HandoverId;
import de.kreissiegel.ca.handover.StoredHandover;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Files on their way to phones, in PostgreSQL. */
final class JdbcHandoverBook implements HandoverBook {
  @Override
  public void put(Transaction transaction, StoredHandover handover) {
    JdbcTransaction.handleOf(transaction)
        .createUpdate(
            """
            insert into handover (id, certificate, tenant, salt, code_hash, sealed, until, failures)
            values (:id, :certificate, :tenant, :salt, :hash, :sealed, :until, :failures)
            on conflict (certificate) do update
              set id = :id, tenant = :tenant, salt = :salt, code_hash = :hash, sealed = :sealed,
                until = :until, failures = :failures
            """)
        .bind("id", handover.id().value().toArray())
        .bind("certificate", handover.certificate())
        .bind("tenant", handover.tenant().map(TenantId::value))
        .bind("salt", handover.code().salt().toArray())
        .bind("hash", handover.code().hash().toArray())
        .bind("sealed", handover.sealed().toArray())
        .bind("until", handover.until().atOffset(ZoneOffset.UTC))
        .bind("failures", handover.failures())
        .execute();
  }

  @Override
  public Optional<StoredHandover> lock(Transaction transaction, HandoverId id) {
    return JdbcTransaction.handleOf(transaction)
        .createQuery("select * from handover where id = :id for update")
        .bind("id", id.value().toArray())
        .map((row, _) -> handover(row))
        .findOne();
  }

  @Override
  public void countFailure(Transaction transaction, HandoverId id) {
    JdbcTransaction.handleOf(transaction)
        .createUpdate("update handover set failures = failures + 1 where id = :id")
        .bind("id", id.value().toArray())
        .execute();
  }

  @Override
  public void destroy(Transaction transaction, HandoverId id) {
    JdbcTransaction.handleOf(transaction)
        .createUpdate("delete from handover where id = :id")
        .bind("id", id.value().toArray())
        .execute();
  }

  @Override
  public List<StoredHandover> lockExpired(Transaction transaction, Instant now) {
    return JdbcTransaction.handleOf(transaction)
        .createQuery("select * from handover where until <= :now limit 100 for update skip locked")
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, _) -> handover(row))
        .list();
  }

  private static StoredHandover handover(ResultSet row) throws SQLException {
    return new StoredHandover(
        new HandoverId(Bytes.of(row.getBytes("id"))),
        row.getString("certificate"),
        Optional.ofNullable(row.getString("tenant")).map(TenantId::new),
        new HandoverCode(Bytes.of(row.getBytes("salt")), Bytes.of(row.getBytes("code_hash"))),
        Bytes.of(row.getBytes("sealed")),
        row.getTimestamp("until").toInstant(),
        row.getInt("failures"));
  }
}
