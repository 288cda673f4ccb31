package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.status.CrlBook;
import de.kreissiegel.ca.status.CrlDraft;
import de.kreissiegel.ca.status.CrlHead;
import de.kreissiegel.ca.status.CrlLine;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.transaction.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Lists in the tables {@code crl_line}, {@code crl} and {@code crl_piece}. */
public final class JdbcCrlBook implements CrlBook {
  private static final String WHERE =
      " where crl.authority = :authority and crl.crl_partition = :partition ";

  private final Database database;

  public JdbcCrlBook(Database database) {
    this.database = database;
  }

  @Override
  public List<CrlLine> lines() {
    return database.jdbi().withHandle(handle -> CrlRows.lines(handle, "", query -> query));
  }

  @Override
  public void open(AuthorityName authority, int partition) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into crl_line values (?, ?) on conflict do nothing",
                    authority.value(),
                    partition));
  }

  @Override
  public Optional<CrlLine> lock(Transaction transaction, AuthorityName authority, int partition) {
    Handle handle = handleOf(transaction);
    boolean mine =
        handle
            .createQuery(
                """
                select true from crl_line
                where authority = :authority and crl_partition = :partition
                for update skip locked
                """)
            .bind("authority", authority.value())
            .bind("partition", partition)
            .mapTo(Boolean.class)
            .findOne()
            .isPresent();
    return mine
        ? CrlRows.lines(
                handle,
                " where line.authority = :authority and line.crl_partition = :partition",
                query -> query.bind("authority", authority.value()).bind("partition", partition))
            .stream()
            .findFirst()
        : Optional.empty();
  }

  @Override
  public Optional<Base> base(Transaction transaction, CrlLine line, Instant now) {
    return handleOf(transaction)
        .createQuery(
            "select number, status_version from crl"
                + WHERE
                + """
                  and base is null and tail is not null
                  and (next_update > :now or number = :newest)
                order by number limit 1
                """)
        .bind("authority", line.authority().value())
        .bind("partition", line.partition())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("newest", line.full().map(CrlHead::number).orElse(-1L))
        .map((row, _) -> new Base(row.getLong("number"), row.getLong("status_version")))
        .findOne();
  }

  @Override
  public void eachListed(
      Transaction transaction, CrlLine line, Instant notExpiredBefore, Entries each)
      throws IOException {
    ListedRows.listed(handleOf(transaction).getConnection(), line, notExpiredBefore, each);
  }

  @Override
  public void eachChanged(
      Transaction transaction, CrlLine line, long afterVersion, Instant now, Entries each)
      throws IOException {
    ListedRows.changed(handleOf(transaction).getConnection(), line, afterVersion, now, each);
  }

  @Override
  public void reserve(Transaction transaction, CrlDraft draft, InputStream toBeSigned)
      throws IOException {
    Handle handle = handleOf(transaction);
    drop(handle, draft.name());
    handle
        .createUpdate(
            """
            insert into crl (authority, crl_partition, number, base, request_id, this_update,
                next_update, status_version, entries, tbs_length, tbs_digest)
            values (:authority, :partition, :number, :base, :request, :thisUpdate,
                :nextUpdate, :version, :entries, :length, :digest)
            """)
        .bind("authority", draft.name().authority().value())
        .bind("partition", draft.name().partition())
        .bind("number", draft.number())
        .bind("base", draft.base())
        .bind("request", draft.request())
        .bind("thisUpdate", draft.thisUpdate().atOffset(ZoneOffset.UTC))
        .bind("nextUpdate", draft.nextUpdate().atOffset(ZoneOffset.UTC))
        .bind("version", draft.statusVersion())
        .bind("entries", draft.entries())
        .bind("length", draft.length())
        .bind("digest", draft.digest().toArray())
        .execute();
    CrlPieces.write(handle.getConnection(), draft.name(), draft.number(), toBeSigned);
    handle.execute(
        "update crl_line set number = ? where authority = ? and crl_partition = ?",
        draft.number(),
        draft.name().authority().value(),
        draft.name().partition());
  }

  @Override
  public Optional<CrlDraft> reserved(Transaction transaction, CrlLine line) {
    // Below the highest number it was overtaken: a list after it may be known already.
    return of(
            handleOf(transaction)
                .createQuery("select * from crl" + WHERE + " and number = :number and tail is null")
                .bind("number", line.number()),
            line.name(false))
        .map(CrlRows::draft)
        .findOne();
  }

  @Override
  public void copyReserved(Transaction transaction, CrlDraft draft, OutputStream to)
      throws IOException {
    CrlPieces.copy(handleOf(transaction).getConnection(), draft.name(), draft.number(), to);
  }

  @Override
  public CrlHead publish(
      Transaction transaction, CrlDraft draft, Around around, long journalIndex) {
    CrlHead list = CrlRows.published(draft, around);
    CrlName name = draft.name();
    Handle handle = handleOf(transaction);
    of(
            handle.createUpdate(
                "update crl set head = :head, tail = :tail, tag = :tag, journal_index = :index"
                    + WHERE
                    + " and number = :number"),
            name)
        .bind("number", draft.number())
        .bind("head", around.before())
        .bind("tail", around.behind())
        .bind("tag", list.tag().toArray())
        .bind("index", journalIndex)
        .execute();
    String kind = name.delta() ? "newest_delta" : "newest_full";
    of(handle.createUpdate("update crl_line as crl set %s = :number".formatted(kind) + WHERE), name)
        .bind("number", draft.number())
        .execute();
    CrlPieces.forgetOld(handle, name);
    return list;
  }

  @Override
  public void drop(Transaction transaction, CrlLine line) {
    Handle handle = handleOf(transaction);
    drop(handle, line.name(false));
    of(
            handle.createUpdate(
                """
                update crl_line as crl set number = number - 1
                """
                    + WHERE
                    + " and number = :number"),
            line.name(false))
        .bind("number", line.reserved() ? line.number() : -1)
        .execute();
  }

  private static void drop(Handle handle, CrlName name) {
    of(handle.createUpdate("delete from crl" + WHERE + " and tail is null"), name).execute();
  }

  @Override
  public void numberSeen(
      Transaction transaction, AuthorityName authority, int partition, long number) {
    handleOf(transaction)
        .execute(
            """
            insert into crl_line (authority, crl_partition, number, missing) values (?, ?, ?, ?)
            on conflict (authority, crl_partition)
              do update set number = excluded.number, missing = excluded.missing
              where crl_line.number < excluded.number
            """,
            authority.value(),
            partition,
            number,
            number);
  }

  @Override
  public boolean takenIn(
      Transaction transaction, AuthorityName authority, int partition, long number) {
    return handleOf(transaction)
            .execute(
                """
                update crl_line set missing = null
                  where authority = ? and crl_partition = ? and missing <= ?
                """,
                authority.value(),
                partition,
                number)
        > 0;
  }

  @Override
  public boolean isTakenOver(AuthorityName authority) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select exists (select from taken_over where authority = ?)")
                    .bind(0, authority.value())
                    .mapTo(Boolean.class)
                    .one());
  }

  @Override
  public boolean copy(CrlHead list, OutputStream to) throws IOException {
    return database
        .jdbi()
        .<Boolean, IOException>inTransaction(
            handle -> CrlPieces.copyPublished(handle.getConnection(), list, to));
  }

  private static <S extends SqlStatement<S>> S of(S statement, CrlName name) {
    return statement
        .bind("authority", name.authority().value())
        .bind("partition", name.partition());
  }
}
