package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.publication.Posting;
import de.kreissiegel.ca.publication.PostingBook;
import de.kreissiegel.ca.roster.DirectoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** What directories say of authorities, in the table {@code posting}. */
public final class JdbcPostingBook implements PostingBook {
  private static final String THIS =
      " where destination = :destination and entry = :entry and kind = :kind";

  private final Jdbi jdbi;

  public JdbcPostingBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void keep(Set<DirectoryName> destinations) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from posting where destination <> all(:names)")
                .bindArray("names", String.class, JdbcOutboxQueue.names(destinations))
                .execute());
  }

  @Override
  public void want(DirectoryName destination, Topic topic, long version, String tag, Instant now) {
    jdbi.useHandle(
        handle ->
            of(
                    handle.createUpdate(
                        """
                        insert into posting as old (destination, entry, kind, version, tag,
                            wanted_at, next_attempt_at)
                        values (:destination, :entry, :kind, :version, :tag, :now, :now)
                        on conflict (destination, entry, kind) do update
                        set version = excluded.version, tag = excluded.tag,
                          wanted_at = case when old.written is distinct from old.tag
                            then old.wanted_at else excluded.wanted_at end,
                          next_attempt_at = case when old.written is distinct from old.tag
                            then old.next_attempt_at else excluded.next_attempt_at end
                        where excluded.version > old.version
                          or excluded.version = old.version and excluded.tag <> old.tag
                        """),
                    destination,
                    topic)
                .bind("version", version)
                .bind("tag", tag)
                .bind("now", now)
                .execute());
  }

  @Override
  public Optional<Due> claim(DirectoryName destination, Instant now, Duration lease) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    update posting set attempts = attempts + 1, next_attempt_at = :leaseEnd
                    where (destination, entry, kind) = (
                      select destination, entry, kind from posting
                      where destination = :destination and written is distinct from tag
                        and next_attempt_at <= :now
                      order by next_attempt_at, entry, kind limit 1 for update skip locked)
                    returning entry, kind, version, attempts
                    """)
                .bind("destination", destination.value())
                .bind("now", now)
                .bind("leaseEnd", now.plus(lease))
                .map(
                    (row, _) ->
                        new Due(
                            new Topic(
                                row.getString("entry"),
                                Posting.Kind.valueOf(row.getString("kind"))),
                            row.getLong("version"),
                            row.getInt("attempts")))
                .findOne());
  }

  @Override
  public void written(DirectoryName destination, Topic topic, long version, String tag) {
    jdbi.useHandle(
        handle ->
            of(
                    handle.createUpdate(
                        """
                        update posting
                        set written = :tag, attempts = 0, refused = false, last_error = null,
                          tag = case when version < :version then :tag else tag end,
                          version = greatest(version, :version), next_attempt_at = wanted_at
                        """
                            + THIS),
                    destination,
                    topic)
                .bind("version", version)
                .bind("tag", tag)
                .execute());
  }

  @Override
  public void later(DirectoryName destination, Topic topic, Instant nextAttempt) {
    jdbi.useHandle(
        handle ->
            of(
                    handle.createUpdate(
                        """
                        update posting set next_attempt_at = :next,
                          attempts = greatest(attempts - 1, 0)
                        """
                            + THIS),
                    destination,
                    topic)
                .bind("next", nextAttempt)
                .execute());
  }

  @Override
  public void refused(DirectoryName destination, Topic topic, Instant nextAttempt, String error) {
    jdbi.useHandle(
        handle ->
            of(
                    handle.createUpdate(
                        """
                        update posting
                        set next_attempt_at = :next, refused = true, last_error = :error
                        """
                            + THIS),
                    destination,
                    topic)
                .bind("next", nextAttempt)
                .bind("error", JdbcOutboxQueue.shortened(error))
                .execute());
  }

  private static <S extends SqlStatement<S>> S of(
      S statement, DirectoryName destination, Topic topic) {
    return statement
        .bind("destination", destination.value())
        .bind("entry", topic.entry())
        .bind("kind", topic.kind().name());
  }
}
