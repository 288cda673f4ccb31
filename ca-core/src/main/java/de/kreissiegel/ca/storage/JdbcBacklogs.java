package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.publication.Backlogs;
import de.kreissiegel.ca.roster.DirectoryName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What isn't published yet, in PostgreSQL. */
public final class JdbcBacklogs implements Backlogs {
  /** All that waits or was refused, of entries and of authorities. */
  private static final String OPEN =
      """
      (select destination, task || ' ' || authority || '/' || serial as what,
          subject_id as subject, created_at as since, refused, attempts, next_attempt_at,
          coalesce(last_error, '') as error
        from outbox where done_at is null
      union all
        select destination, kind || ' ' || entry, '', wanted_at, refused, attempts,
          next_attempt_at, coalesce(last_error, '')
        from posting where written is distinct from tag) open
      """;

  private final Jdbi jdbi;

  public JdbcBacklogs(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<Backlog> all() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select name, count(since) filter (where not refused) as waiting,
                      min(since) filter (where not refused) as oldest,
                      count(since) filter (where refused) as refused
                    from (
                      select name from publication_destination
                      union select destination from %1$s) there
                    left join %1$s on destination = name
                    group by name order by name
                    """
                        .formatted(OPEN))
                .map((row, _) -> backlog(row))
                .list());
  }

  private static Backlog backlog(ResultSet row) throws SQLException {
    return new Backlog(
        new DirectoryName(row.getString("name")),
        row.getLong("waiting"),
        Optional.ofNullable(row.getTimestamp("oldest")).map(Timestamp::toInstant),
        row.getLong("refused"));
  }

  @Override
  public List<RefusedErrand> refused(int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from %s where refused order by since, what limit :most"
                        .formatted(OPEN))
                .bind("most", atMost)
                .map((row, _) -> refusedErrand(row))
                .list());
  }

  private static RefusedErrand refusedErrand(ResultSet row) throws SQLException {
    return new RefusedErrand(
        new DirectoryName(row.getString("destination")),
        row.getString("what"),
        row.getString("subject"),
        row.getTimestamp("since").toInstant(),
        row.getInt("attempts"),
        row.getTimestamp("next_attempt_at").toInstant(),
        row.getString("error"));
  }

  @Override
  public int tryAgain(Instant now) {
    return jdbi.inTransaction(
        handle ->
            handle.execute(
                    """
                    update outbox set next_attempt_at = least(next_attempt_at, ?)
                    where done_at is null and refused
                    """,
                    now)
                + handle.execute(
                    """
                    update posting set next_attempt_at = least(next_attempt_at, ?)
                    where refused and written is distinct from tag
                    """,
                    now));
  }
}
