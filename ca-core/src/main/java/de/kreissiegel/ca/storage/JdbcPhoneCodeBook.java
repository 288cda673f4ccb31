package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.hotline.CodeHash;
import de.kreissiegel.ca.hotline.PhoneCodeBook;
import de.kreissiegel.ca.hotline.StoredCode;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The hashes of phone codes in PostgreSQL. */
final class JdbcPhoneCodeBook implements PhoneCodeBook {
  private static final String ONE = "select * from phone_code where subject_id = :person";

  private final Jdbi jdbi;

  JdbcPhoneCodeBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void put(Transaction transaction, SubjectId person, StoredCode code) {
    JdbcTransaction.handleOf(transaction)
        .createUpdate(
            """
            insert into phone_code (subject_id, salt, hash, created_at, failures)
            values (:person, :salt, :hash, :at, :failures)
            on conflict (subject_id) do update
              set salt = :salt, hash = :hash, created_at = :at, failures = :failures
            """)
        .bind("person", person.value())
        .bind("salt", code.hash().salt().toArray())
        .bind("hash", code.hash().hash().toArray())
        .bind("at", code.createdAt().atOffset(ZoneOffset.UTC))
        .bind("failures", code.failures())
        .execute();
  }

  @Override
  public Optional<StoredCode> find(SubjectId person) {
    return jdbi.withHandle(handle -> select(handle, ONE, person));
  }

  @Override
  public Optional<StoredCode> lock(Transaction transaction, SubjectId person) {
    return select(JdbcTransaction.handleOf(transaction), ONE + " for update", person);
  }

  @Override
  public void countFailure(Transaction transaction, SubjectId person) {
    JdbcTransaction.handleOf(transaction)
        .createUpdate("update phone_code set failures = failures + 1 where subject_id = :person")
        .bind("person", person.value())
        .execute();
  }

  private static Optional<StoredCode> select(Handle handle, String sql, SubjectId person) {
    return handle
        .createQuery(sql)
        .bind("person", person.value())
        .map((row, _) -> code(row))
        .findOne();
  }

  private static StoredCode code(ResultSet row) throws SQLException {
    return new StoredCode(
        new CodeHash(Bytes.of(row.getBytes("salt")), Bytes.of(row.getBytes("hash"))),
        row.getTimestamp("created_at").toInstant(),
        row.getInt("failures"));
  }
}
