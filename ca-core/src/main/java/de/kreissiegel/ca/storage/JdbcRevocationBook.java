package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.revocation.RevocationBook;
import de.kreissiegel.ca.revocation.RevocationFact;
import de.kreissiegel.ca.x509.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The facts of revocation in PostgreSQL. */
final class JdbcRevocationBook implements RevocationBook {
  private static final int FETCH = 2000;

  private final Jdbi jdbi;

  JdbcRevocationBook(Database database) {
    this.jdbi = database.jdbi();
  }

  static void insert(
      Handle handle, AuthorityName authority, SerialNumber serial, CertificateStatus status) {
    handle
        .createUpdate(
            """
            insert into revocation_fact
              (authority, serial, state, state_since, revocation_reason, invalidity_date)
            values (:authority, :serial, :state, :since, :reason, :invalidSince)
            """)
        .bind("authority", authority.value())
        .bind("serial", serial.toHex())
        .bind("state", CertificateRow.state(status))
        .bind("since", CertificateRow.since(status))
        .bind("reason", CertificateRow.reason(status))
        .bind("invalidSince", CertificateRow.invalidSince(status))
        .execute();
  }

  @Override
  public void each(long after, Consumer<RevocationFact> each) {
    // The driver reads in portions only within a transaction.
    jdbi.useTransaction(
        handle ->
            handle
                .createQuery("select * from revocation_fact where number > :after order by number")
                .bind("after", after)
                .setFetchSize(FETCH)
                .map((row, _) -> fact(row))
                .forEach(each));
  }

  private static RevocationFact fact(ResultSet row) throws SQLException {
    return new RevocationFact(
        row.getLong("number"),
        new AuthorityName(row.getString("authority")),
        SerialNumber.fromHex(row.getString("serial")),
        CertificateRow.status(row),
        row.getTimestamp("recorded_at").toInstant());
  }
}
