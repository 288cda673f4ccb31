package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.status.Crl;
import de.kreissiegel.ca.status.CrlBook;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** CRLs in the table {@code crl}. */
public final class JdbcCrlBook implements CrlBook {
  /** The first half of the advisory lock's name; the second is the authority's. */
  private static final int LOCK = 0x63726c;

  private static final String HEAD =
      """
      select number, this_update, next_update, status_version from crl
      where authority = ? order by number desc limit 1""";

  private final Database database;

  public JdbcCrlBook(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Head> head(AuthorityName authority) {
    return database.jdbi().withHandle(handle -> head(handle, authority));
  }

  @Override
  public Optional<Crl> newest(AuthorityName authority) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select encoded, number, this_update, next_update from crl
                        where authority = ? order by number desc limit 1""")
                    .bind(0, authority.value())
                    .map(
                        (row, _) ->
                            new Crl(
                                Bytes.of(row.getBytes("encoded")),
                                row.getLong("number"),
                                instant(row, "this_update"),
                                instant(row, "next_update")))
                    .findOne());
  }

  @Override
  public Optional<Head> lock(Transaction transaction, AuthorityName authority) {
    Handle handle = JdbcTransaction.handleOf(transaction);
    handle.execute("select pg_advisory_xact_lock(?, hashtext(?))", LOCK, authority.value());
    return head(handle, authority);
  }

  @Override
  public void insert(
      Transaction transaction,
      AuthorityName authority,
      Crl crl,
      long statusVersion,
      long journalIndex) {
    JdbcTransaction.handleOf(transaction)
        .execute(
            """
            insert into crl
              (authority, number, encoded, this_update, next_update, status_version, journal_index)
            values (?, ?, ?, ?, ?, ?, ?)""",
            authority.value(),
            crl.number(),
            crl.encoded().toArray(),
            crl.thisUpdate().atOffset(ZoneOffset.UTC),
            crl.nextUpdate().atOffset(ZoneOffset.UTC),
            statusVersion,
            journalIndex);
  }

  private static Optional<Head> head(Handle handle, AuthorityName authority) {
    return handle
        .createQuery(HEAD)
        .bind(0, authority.value())
        .map(
            (row, _) ->
                new Head(
                    row.getLong("number"),
                    instant(row, "this_update"),
                    instant(row, "next_update"),
                    row.getLong("status_version")))
        .findOne();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
