package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.login.Passkey;
import de.kreissiegel.ca.login.PasskeyBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Passkeys in PostgreSQL. */
final class JdbcPasskeyBook implements PasskeyBook {
  private final Jdbi jdbi;

  JdbcPasskeyBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Optional<Passkey> find(Bytes id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from passkey where credential_id = :id")
                .bind("id", id.toArray())
                .map((row, _) -> passkey(row))
                .findOne());
  }

  @Override
  public List<Passkey> of(SubjectId holder) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from passkey where subject_id = :holder order by created_at")
                .bind("holder", holder.value())
                .map((row, _) -> passkey(row))
                .list());
  }

  @Override
  public boolean insert(Transaction transaction, Passkey passkey) {
    return JdbcTransaction.handleOf(transaction)
            .createUpdate(
                """
                insert into passkey (credential_id, subject_id, label, public_key, attestation,
                  counter, transports, backup, backed_up, created_at, last_used_at)
                values (:id, :holder, :label, :key, :attestation, :counter, :transports, :backup,
                  :backedUp, :created, :used)
                on conflict do nothing
                """)
            .bind("id", passkey.id().toArray())
            .bind("holder", passkey.holder().value())
            .bind("label", passkey.label())
            .bind("key", passkey.publicKey().toArray())
            .bind("attestation", passkey.attestation().toArray())
            .bind("counter", passkey.counter())
            .bind("transports", passkey.transports().toArray(String[]::new))
            .bind("backup", passkey.backup().eligible())
            .bind("backedUp", passkey.backup().state())
            .bind("created", passkey.created().atOffset(ZoneOffset.UTC))
            .bind("used", passkey.lastUsed().atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }

  @Override
  public void used(Transaction transaction, Bytes id, long counter, boolean backedUp, Instant at) {
    JdbcTransaction.handleOf(transaction)
        .createUpdate(
            """
            update passkey set counter = :counter, backed_up = :backedUp, last_used_at = :at
            where credential_id = :id
            """)
        .bind("id", id.toArray())
        .bind("counter", counter)
        .bind("backedUp", backedUp)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .execute();
  }

  @Override
  public boolean delete(Transaction transaction, SubjectId holder, Bytes id) {
    return JdbcTransaction.handleOf(transaction)
            .createUpdate("delete from passkey where credential_id = :id and subject_id = :holder")
            .bind("id", id.toArray())
            .bind("holder", holder.value())
            .execute()
        == 1;
  }

  private static Passkey passkey(ResultSet row) throws SQLException {
    return new Passkey(
        Bytes.of(row.getBytes("credential_id")),
        new SubjectId(row.getString("subject_id")),
        row.getString("label"),
        Bytes.of(row.getBytes("public_key")),
        Bytes.of(row.getBytes("attestation")),
        row.getLong("counter"),
        Set.of((String[]) row.getArray("transports").getArray()),
        new Passkey.Backup(row.getBoolean("backup"), row.getBoolean("backed_up")),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("last_used_at").toInstant());
  }
}
