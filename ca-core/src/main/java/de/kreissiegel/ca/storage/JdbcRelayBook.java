package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.audit.WrittenEvent;
import de.kreissiegel.ca.relay.RelayBook;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A follower's positions in PostgreSQL. */
public final class JdbcRelayBook implements RelayBook {
  private final Jdbi jdbi;
  private final String follower;

  /**
   * @param follower its name, which never changes
   */
  public JdbcRelayBook(Database database, String follower) {
    this.jdbi = database.jdbi();
    this.follower = follower;
  }

  @Override
  public List<String> chains() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select chain from audit_chain order by chain")
                .mapTo(String.class)
                .list());
  }

  @Override
  public <X extends Exception> int passOn(String chain, int most, Receiver<X> receiver) throws X {
    return jdbi.<Integer, X>inTransaction(
        handle -> {
          Optional<Long> position = lock(handle, chain);
          if (position.isEmpty()) {
            return 0;
          }
          List<WrittenEvent> events = after(handle, chain, position.get(), most);
          if (events.isEmpty()) {
            return 0;
          }
          receiver.take(events);
          handle.execute(
              "update audit_position set sequence = ? where follower = ? and chain = ?",
              events.getLast().sequence(),
              follower,
              chain);
          return events.size();
        });
  }

  /** Empty while another node has it. */
  private Optional<Long> lock(Handle handle, String chain) {
    handle.execute(
        "insert into audit_position values (?, ?, 0) on conflict do nothing", follower, chain);
    return handle
        .createQuery(
            """
            select sequence from audit_position
            where follower = :follower and chain = :chain for update skip locked
            """)
        .bind("follower", follower)
        .bind("chain", chain)
        .mapTo(Long.class)
        .findOne();
  }

  private static List<WrittenEvent> after(Handle handle, String chain, long position, int most) {
    return handle
        .createQuery(
            """
            select * from audit_event where chain = :chain and sequence > :position
            order by sequence limit :most
            """)
        .bind("chain", chain)
        .bind("position", position)
        .bind("most", most)
        .map((row, _) -> JdbcAuditBook.written(row))
        .list();
  }

  @Override
  public Backlog backlog() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select coalesce(sum(c.sequence - coalesce(p.sequence, 0)), 0) as events,
                      min(e.at) as oldest
                    from audit_chain c
                    left join audit_position p on p.chain = c.chain and p.follower = :follower
                    left join audit_event e
                      on e.chain = c.chain and e.sequence = coalesce(p.sequence, 0) + 1
                    """)
                .bind("follower", follower)
                .map(
                    (row, _) ->
                        new Backlog(
                            row.getLong("events"),
                            Optional.ofNullable(row.getTimestamp("oldest"))
                                .map(Timestamp::toInstant)))
                .one());
  }
}
