package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.publication.Outbox;
import de.kreissiegel.ca.publication.OutboxQueue;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The outbox in PostgreSQL, as the workers see it. */
public final class JdbcOutboxQueue implements OutboxQueue {
  private static final int LONGEST_ERROR = 500;

  /** The first half of an advisory lock's key: claims of one directory, one after the other. */
  private static final int CLAIMS = 23;

  private final Jdbi jdbi;

  public JdbcOutboxQueue(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public int keep(Set<DirectoryName> destinations, Instant now) {
    List<String> names = names(destinations);
    return jdbi.inTransaction(
        handle -> {
          handle
              .createUpdate("delete from publication_destination where name <> all(:names)")
              .bindArray("names", String.class, names)
              .execute();
          List<String> fresh =
              handle
                  .createQuery(
                      """
                      insert into publication_destination select unnest(:names)
                      on conflict do nothing returning name
                      """)
                  .bindArray("names", String.class, names)
                  .mapTo(String.class)
                  .list();
          fresh.forEach(
              name -> {
                publishAll(handle, name, now);
                inherit(handle, name, names, now);
              });
          return handle
              .createUpdate(
                  """
                  update outbox set done_at = :now, last_error = 'given up: no such directory'
                  where done_at is null and destination <> all(:names)
                  """)
              .bindArray("names", String.class, names)
              .bind("now", now)
              .execute();
        });
  }

  /** One that is new may be an old one with another name: what had to go there goes here, too. */
  private static void inherit(Handle handle, String name, List<String> names, Instant now) {
    handle
        .createUpdate(
            """
            insert into outbox
              (destination, task, subject_id, authority, serial, created_at, next_attempt_at)
            select :name, 'WITHDRAW', subject_id, authority, serial, created_at, :now
            from outbox
            where done_at is null and task = 'WITHDRAW' and destination <> all(:names)
            order by id
            """)
        .bind("name", name)
        .bindArray("names", String.class, names)
        .bind("now", now)
        .execute();
  }

  @Override
  public int publishAll(DirectoryName destination, Instant now) {
    return jdbi.inTransaction(handle -> publishAll(handle, destination.value(), now));
  }

  /** Which of them shall be there is decided when they are carried out. */
  private static int publishAll(Handle handle, String destination, Instant now) {
    return handle
        .createUpdate(
            """
            insert into outbox
              (destination, task, subject_id, authority, serial, created_at, next_attempt_at)
            select :destination, 'PUBLISH', subject_id, authority, serial, :now, :now
            from certificate
            where subject_id is not null and not_after > :now and state <> 'revoked'
            order by not_before
            """)
        .bind("destination", destination)
        .bind("now", now)
        .execute();
  }

  @Override
  public List<Errand> claim(DirectoryName destination, int atMost, Instant now, Duration lease) {
    return jdbi.inTransaction(
        handle -> {
          // What two who claim at once took would depend on chance, and with it the order.
          handle.execute(
              "select pg_advisory_xact_lock(?, hashtext(?))", CLAIMS, destination.value());
          return claim(handle, destination, atMost, now, now.plus(lease));
        });
  }

  /** Lowest numbers first: with an errand comes what was put in before it, if that is due. */
  private static List<Errand> claim(
      Handle handle, DirectoryName destination, int atMost, Instant now, Instant leaseEnd) {
    return handle
        .createQuery(
            """
            update outbox set attempts = attempts + 1, next_attempt_at = :leaseEnd
            where id in (
              select o.id from outbox o
              where o.destination = :destination and o.done_at is null
                and o.next_attempt_at <= :now
                and not exists (
                  select from outbox before
                  where before.destination = o.destination and before.subject_id = o.subject_id
                    and before.done_at is null and before.id < o.id
                    and before.next_attempt_at > :now
                    and (not before.refused
                      or before.authority = o.authority and before.serial = o.serial))
              order by o.id limit :most)
            returning id, task, subject_id, authority, serial, attempts
            """)
        .bind("destination", destination.value())
        .bind("now", now)
        .bind("leaseEnd", leaseEnd)
        .bind("most", atMost)
        .map((row, _) -> errand(row))
        .stream()
        .sorted(Comparator.comparingLong(Errand::id))
        .toList();
  }

  private static Errand errand(ResultSet row) throws SQLException {
    return new Errand(
        row.getLong("id"),
        Outbox.Task.valueOf(row.getString("task")),
        new Target(
            new SubjectId(row.getString("subject_id")),
            new AuthorityName(row.getString("authority")),
            SerialNumber.fromHex(row.getString("serial"))),
        row.getInt("attempts"));
  }

  @Override
  public void done(Collection<Errand> errands, Instant now) {
    update(
        """
        update outbox set done_at = :now, refused = false, last_error = null where id = any(:ids)
        """,
        errands,
        now,
        "");
  }

  @Override
  public void giveBack(Collection<Errand> errands, Instant now) {
    update(
        """
        update outbox set next_attempt_at = :now, attempts = greatest(attempts - 1, 0)
        where id = any(:ids) and done_at is null
        """,
        errands,
        now,
        "");
  }

  @Override
  public void refused(Collection<Errand> errands, Instant nextAttempt, String error) {
    update(
        """
        update outbox set next_attempt_at = :now, refused = true, last_error = :error
        where id = any(:ids) and done_at is null
        """,
        errands,
        nextAttempt,
        error);
  }

  private void update(String sql, Collection<Errand> errands, Instant time, String error) {
    if (errands.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle -> {
          var update =
              handle
                  .createUpdate(sql)
                  .bindArray("ids", Long.class, errands.stream().map(Errand::id).toList())
                  .bind("now", time);
          if (sql.contains(":error")) {
            update.bind("error", shortened(error));
          }
          update.execute();
        });
  }

  /** As much of a text as is kept. */
  static String shortened(String error) {
    String storable = Patterns.storable(error);
    return storable.substring(0, Math.min(storable.length(), LONGEST_ERROR));
  }

  @Override
  public void withdraw(DirectoryName destination, Collection<Target> certificates, Instant now) {
    jdbi.useHandle(
        handle -> {
          for (Target target : certificates) {
            handle.execute(
                """
                insert into outbox
                  (destination, task, subject_id, authority, serial, created_at, next_attempt_at)
                values (?, 'WITHDRAW', ?, ?, ?, ?, ?)
                """,
                destination.value(),
                target.subject().value(),
                target.authority().value(),
                target.serial().toHex(),
                now,
                now);
          }
        });
  }

  @Override
  public int sweep(
      DirectoryName destination,
      String rule,
      Set<ProfileName> profiles,
      Instant expiredBefore,
      int atMost,
      Instant now) {
    return jdbi.inTransaction(
        handle -> {
          handle.execute(
              """
              insert into publication_sweep values (?, ?, '-infinity') on conflict do nothing
              """,
              destination.value(),
              rule);
          return handle
              .createUpdate(
                  """
                  with swept as (
                    select swept_to from publication_sweep
                    where destination = :destination and rule = :rule for update),
                  ended as (
                    select authority, serial, subject_id, not_after from certificate
                    where not_after > (select swept_to from swept) and not_after < :before
                      and subject_id is not null
                      and (cardinality(:profiles) = 0 or profile = any(:profiles))
                    order by not_after fetch first :most rows with ties),
                  moved as (
                    update publication_sweep
                    set swept_to = (select max(not_after) from ended)
                    where destination = :destination and rule = :rule
                      and exists (select from ended))
                  insert into outbox
                    (destination, task, subject_id, authority, serial, created_at,
                      next_attempt_at)
                  select :destination, 'WITHDRAW', subject_id, authority, serial, :now, :now
                  from ended
                  """)
              .bind("destination", destination.value())
              .bind("rule", rule)
              .bind("before", expiredBefore)
              .bindArray(
                  "profiles", String.class, profiles.stream().map(ProfileName::value).toList())
              .bind("most", atMost)
              .bind("now", now)
              .execute();
        });
  }

  static List<String> names(Set<DirectoryName> destinations) {
    return destinations.stream().map(DirectoryName::value).toList();
  }
}
