package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.takeover.TakeoverBook;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Takeovers in the table {@code taken_over}. */
public final class JdbcTakeoverBook implements TakeoverBook {
  private final Database database;

  public JdbcTakeoverBook(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Taken> find(AuthorityName authority) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select * from taken_over where authority = ?")
                    .bind(0, authority.value())
                    .map((row, _) -> taken(row))
                    .findOne());
  }

  @Override
  public Taken close(
      Transaction transaction,
      AuthorityName authority,
      Optional<Long> listNumber,
      Instant listBegin,
      Bytes listDigest,
      Instant at) {
    var handle = handleOf(transaction);
    handle.execute(
        """
        insert into crl_line (authority, crl_partition, number) values (?, 0, ?)
        on conflict (authority, crl_partition)
          do update set number = greatest(crl_line.number, excluded.number)
        """,
        authority.value(),
        listNumber.orElse(0L));
    return handle
        .createQuery(
            """
            insert into taken_over (authority, list_number, list_begin, list_digest,
                certificates, revoked, by_serial, taken_at)
              select :authority, :number, :begin, :digest,
                count(*), count(*) filter (where state <> 'good'),
                count(*) filter (where subject_name = '' and octet_length(encoded) = 32), :at
              from certificate where authority = :authority and profile = 'imported'
            on conflict (authority) do update set
              list_number = coalesce(excluded.list_number, taken_over.list_number),
              list_begin = excluded.list_begin, list_digest = excluded.list_digest,
              certificates = excluded.certificates, revoked = excluded.revoked,
              by_serial = excluded.by_serial, taken_at = excluded.taken_at
            returning *
            """)
        .bind("authority", authority.value())
        .bind("number", listNumber.orElse(null))
        .bind("begin", listBegin.atOffset(ZoneOffset.UTC))
        .bind("digest", listDigest.toArray())
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .map((row, _) -> taken(row))
        .one();
  }

  private static Taken taken(ResultSet row) throws SQLException {
    long number = row.getLong("list_number");
    return new Taken(
        new AuthorityName(row.getString("authority")),
        row.wasNull() ? Optional.empty() : Optional.of(number),
        row.getTimestamp("list_begin").toInstant(),
        Bytes.of(row.getBytes("list_digest")),
        row.getLong("certificates"),
        row.getLong("revoked"),
        row.getLong("by_serial"),
        row.getTimestamp("taken_at").toInstant());
  }
}
