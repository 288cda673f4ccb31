package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.login.OpenSession;
import de.kreissiegel.ca.login.OwnSessions;
import de.kreissiegel.ca.login.SessionBook;
import de.kreissiegel.ca.login.StoredSession;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** Sessions in PostgreSQL. */
final class JdbcSessionBook implements SessionBook {
  /** Of those in which nobody is logged in so many are kept, about. */
  static final int MOST_UNKNOWN = 20_000;

  private static final String ONE = "select * from web_session where key = :key and ends_at > :now";

  /** Whatever others lock is left for the next time. */
  private static final String SWEEP =
      """
      delete from web_session where key in (
        select key from web_session where ends_at <= :now
        order by ends_at limit 20 for update skip locked)
      """;

  private static final String THIN_OUT =
      """
      delete from web_session where key in (
        select key from web_session where not known
        order by used_at desc offset :most limit 2000 for update skip locked)
      """;

  /**
   * Besides the one that has just begun. Those that take no more than a password go first: who has
   * learned one must not end by it what begins with more.
   */
  private static final String TOO_MANY =
      """
      delete from web_session where key in (
        select key from web_session
        where holder = :holder and ends_at > :now and key <> :key
        order by proof in ('password', 'openid'), proven_at desc, key offset :most)
      """;

  private final Jdbi jdbi;

  JdbcSessionBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Optional<StoredSession> find(Bytes key, Instant now) {
    return jdbi.withHandle(handle -> select(handle, ONE, key, now));
  }

  @Override
  public void insert(StoredSession session, Instant now) {
    jdbi.useTransaction(
        handle -> {
          bind(
                  handle.createUpdate(
                      """
                      insert into web_session (key, content, known, holder, proof, proven_at,
                        created_at, used_at, ends_at)
                      values (:key, :content, :known, :holder, :proof, :proven, :created, :used,
                        :ends)
                      """),
                  session)
              .execute();
          session.holder().ifPresent(holder -> endTheFirst(handle, session.key(), holder, now));
          handle.createUpdate(SWEEP).bind("now", now.atOffset(ZoneOffset.UTC)).execute();
          if (isOneOfMany(session)) {
            handle.createUpdate(THIN_OUT).bind("most", MOST_UNKNOWN).execute();
          }
        });
  }

  /** Counting costs: one insertion in 256 does it for all. A key is a hash, and as good as dice. */
  private static boolean isOneOfMany(StoredSession session) {
    return session.key().toArray()[0] == 0;
  }

  @Override
  public boolean change(Bytes key, Instant now, UnaryOperator<StoredSession> change) {
    return jdbi.inTransaction(
        handle -> {
          Optional<StoredSession> there = select(handle, ONE + " for update", key, now);
          there.ifPresent(session -> update(handle, session, change.apply(session), now));
          return there.isPresent();
        });
  }

  private static void endTheFirst(
      Handle handle, Bytes key, StoredSession.Holder holder, Instant now) {
    handle
        .createUpdate(TOO_MANY)
        .bind("holder", holder.person().value())
        .bind("key", key.toArray())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("most", OwnSessions.MOST - 1)
        .execute();
  }

  private static void update(
      Handle handle, StoredSession before, StoredSession session, Instant now) {
    bind(
            handle.createUpdate(
                """
                update web_session
                set key = :key, content = :content, known = :known, holder = :holder,
                  proof = :proof, proven_at = :proven, created_at = :created, used_at = :used,
                  ends_at = :ends
                where key = :old
                """),
            session)
        .bind("old", before.key().toArray())
        .execute();
    session
        .holder()
        .filter(holder -> !before.holder().equals(Optional.of(holder)))
        .ifPresent(holder -> endTheFirst(handle, session.key(), holder, now));
  }

  @Override
  public List<OpenSession> of(SubjectId person, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select key, proof, proven_at, used_at from web_session
                    where holder = :holder and ends_at > :now
                    order by proven_at desc, key limit :most
                    """)
                .bind("holder", person.value())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("most", 2 * OwnSessions.MOST)
                .map(
                    (row, _) ->
                        new OpenSession(
                            Bytes.of(row.getBytes("key")),
                            row.getString("proof"),
                            row.getTimestamp("proven_at").toInstant(),
                            row.getTimestamp("used_at").toInstant()))
                .list());
  }

  @Override
  public boolean end(SubjectId person, Bytes key) {
    return ended(person, key, "delete from web_session where holder = :holder and key = :key") > 0;
  }

  @Override
  public int endOthers(SubjectId person, Bytes own) {
    return ended(person, own, "delete from web_session where holder = :holder and key <> :key");
  }

  private int ended(SubjectId person, Bytes key, String sql) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(sql)
                .bind("holder", person.value())
                .bind("key", key.toArray())
                .execute());
  }

  @Override
  public void delete(Bytes key) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from web_session where key = :key")
                .bind("key", key.toArray())
                .execute());
  }

  private static <S extends SqlStatement<S>> S bind(S statement, StoredSession session) {
    return statement
        .bind("key", session.key().toArray())
        .bind("content", session.content().toArray())
        .bind("known", session.known())
        .bind("holder", session.holder().map(one -> one.person().value()).orElse(null))
        .bind("proof", session.holder().map(StoredSession.Holder::proof).orElse(null))
        .bind(
            "proven",
            session.holder().map(one -> one.provenAt().atOffset(ZoneOffset.UTC)).orElse(null))
        .bind("created", session.created().atOffset(ZoneOffset.UTC))
        .bind("used", session.used().atOffset(ZoneOffset.UTC))
        .bind("ends", session.ends().atOffset(ZoneOffset.UTC));
  }

  private static Optional<StoredSession> select(Handle handle, String sql, Bytes key, Instant now) {
    return handle
        .createQuery(sql)
        .bind("key", key.toArray())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, _) -> session(row))
        .findOne();
  }

  private static StoredSession session(ResultSet row) throws SQLException {
    return new StoredSession(
        Bytes.of(row.getBytes("key")),
        Bytes.of(row.getBytes("content")),
        holder(row),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("used_at").toInstant(),
        row.getTimestamp("ends_at").toInstant());
  }

  private static Optional<StoredSession.Holder> holder(ResultSet row) throws SQLException {
    String person = row.getString("holder");
    return person == null
        ? Optional.empty()
        : Optional.of(
            new StoredSession.Holder(
                new SubjectId(person),
                row.getString("proof"),
                row.getTimestamp("proven_at").toInstant()));
  }
}
