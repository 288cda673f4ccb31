package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.madekey.MadeKeyBook;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Keys that were made on the server, in PostgreSQL. */
final class JdbcMadeKeyBook implements MadeKeyBook {
  private final Jdbi jdbi;

  JdbcMadeKeyBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void put(Transaction transaction, MadeKey key) {
    handleOf(transaction)
        .execute(
            "insert into made_key (key_hash, holder, sealed, made_at) values (?, ?, ?, ?)",
            key.keyHash().toArray(),
            key.holder().value(),
            key.sealed().toArray(),
            key.madeAt());
  }

  @Override
  public List<Waiting> waiting(SubjectId holder) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select c.authority, c.serial, c.profile
                    from made_key m join certificate c on c.public_key_hash = m.key_hash
                    where m.holder = :holder order by c.not_before desc, c.serial
                    """)
                .bind("holder", holder.value())
                .map(
                    (row, _) ->
                        new Waiting(
                            new AuthorityName(row.getString("authority")),
                            SerialNumber.fromHex(row.getString("serial")),
                            new ProfileName(row.getString("profile"))))
                .list());
  }

  @Override
  public Optional<MadeKey> lock(Transaction transaction, Bytes keyHash) {
    return handleOf(transaction)
        .createQuery("select * from made_key where key_hash = :hash for update")
        .bind("hash", keyHash.toArray())
        .map(
            (row, _) ->
                new MadeKey(
                    Bytes.of(row.getBytes("key_hash")),
                    new SubjectId(row.getString("holder")),
                    Bytes.of(row.getBytes("sealed")),
                    row.getObject("made_at", OffsetDateTime.class).toInstant(),
                    row.getInt("failures")))
        .findOne();
  }

  @Override
  public void countFailure(Transaction transaction, Bytes keyHash) {
    handleOf(transaction)
        .execute(
            "update made_key set failures = failures + 1 where key_hash = ?", keyHash.toArray());
  }

  @Override
  public void destroy(Transaction transaction, Bytes keyHash) {
    handleOf(transaction).execute("delete from made_key where key_hash = ?", keyHash.toArray());
  }

  @Override
  public int destroyOld(Transaction transaction, Instant before) {
    return handleOf(transaction)
        .execute(
            """
            delete from made_key m where made_at < ? or exists (
              select from escrow_copy e where e.key_hash = m.key_hash and e.erased_at is not null)
            """,
            before);
  }
}
