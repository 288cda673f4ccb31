package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.audit.AuditBook;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.audit.ChainHead;
import de.kreissiegel.ca.audit.Checkpoint;
import de.kreissiegel.ca.audit.WrittenEvent;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.AuditHead;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** The audit trail in PostgreSQL, as those see it who read and prove it. */
public final class JdbcAuditBook implements AuditBook {
  private static final int FETCH = 2000;

  private final Jdbi jdbi;

  public JdbcAuditBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<AuditEvent> search(Set<TenantId> tenants, AuditQuery query) {
    return new AuditSearch(tenants, query).in(jdbi);
  }

  @Override
  public List<String> chains() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select chain from audit_chain
                    union select chain from audit_event
                    union select chain from audit_checkpoint
                    order by chain
                    """)
                .mapTo(String.class)
                .list());
  }

  @Override
  public List<ChainHead> heads() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select chain, sequence, hash from audit_chain order by chain")
                .map(
                    (row, _) ->
                        new ChainHead(
                            row.getString("chain"),
                            row.getLong("sequence"),
                            Bytes.of(row.getBytes("hash"))))
                .list());
  }

  @Override
  public Optional<WrittenEvent> event(String chain, long sequence) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from audit_event where chain = :chain and sequence = :sequence")
                .bind("chain", chain)
                .bind("sequence", sequence)
                .map((row, _) -> written(row))
                .findOne());
  }

  @Override
  public void eachEvent(String chain, Consumer<WrittenEvent> each) {
    jdbi.useTransaction(
        handle ->
            handle
                .createQuery("select * from audit_event where chain = :chain order by sequence")
                .bind("chain", chain)
                .setFetchSize(FETCH)
                .map((row, _) -> written(row))
                .forEach(each));
  }

  @Override
  public void eachEvent(String chain, long first, long last, Consumer<WrittenEvent> each) {
    for (long from = first; from <= last; ) {
      long begin = from;
      List<WrittenEvent> some =
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery(
                          """
                          select * from audit_event
                          where chain = :chain and sequence between :first and :last
                          order by sequence limit :most
                          """)
                      .bind("chain", chain)
                      .bind("first", begin)
                      .bind("last", last)
                      .bind("most", FETCH)
                      .map((row, _) -> written(row))
                      .list());
      if (some.isEmpty()) {
        return;
      }
      some.forEach(each);
      from = some.getLast().sequence() + 1;
    }
  }

  @Override
  public Optional<Reach> reach(String chain, Instant from, Instant until) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select min(sequence) as first, max(sequence) as last from audit_event
                    where chain = :chain and at >= :from and at < :until
                    having count(*) > 0
                    """)
                .bind("chain", chain)
                .bind("from", from)
                .bind("until", until)
                .map((row, _) -> new Reach(row.getLong("first"), row.getLong("last")))
                .findOne());
  }

  @Override
  public Optional<Checkpoint> checkpointBefore(String chain, long sequence) {
    return checkpoint(chain, sequence, "sequence < :edge order by sequence desc");
  }

  @Override
  public Optional<Checkpoint> checkpointFrom(String chain, long sequence) {
    return checkpoint(chain, sequence, "sequence >= :edge order by sequence");
  }

  @Override
  public Optional<Checkpoint> checkpointSignedBy(String chain, Instant time) {
    return checkpoint(chain, time, "at <= :edge order by sequence desc");
  }

  /** Two nodes may sign one after the other, and not in the order of the heads. */
  @Override
  public Optional<Checkpoint> checkpointSignedFrom(String chain, Instant time) {
    return checkpoint(
        chain,
        time,
        "at >= :edge and sequence > coalesce((select max(c.sequence) from audit_checkpoint c"
            + " where c.chain = :chain and c.at < :edge), 0) order by sequence");
  }

  private Optional<Checkpoint> checkpoint(String chain, Object edge, String which) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from audit_checkpoint where chain = :chain and " + which + " limit 1")
                .bind("chain", chain)
                .bind("edge", edge)
                .map((row, _) -> checkpoint(row))
                .findOne());
  }

  @Override
  public List<Checkpoint> checkpoints(String chain) {
    return checkpoints(chain, "order by sequence");
  }

  @Override
  public Optional<Checkpoint> newestCheckpoint(String chain) {
    return checkpoints(chain, "order by sequence desc limit 1").stream().findFirst();
  }

  private List<Checkpoint> checkpoints(String chain, String order) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from audit_checkpoint where chain = :chain " + order)
                .bind("chain", chain)
                .map((row, _) -> checkpoint(row))
                .list());
  }

  @Override
  public void keep(Checkpoint checkpoint) {
    AuditHead head = checkpoint.head();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into audit_checkpoint
                    values (:chain, :sequence, :hash, :at, :signature, :journalIndex)
                    on conflict do nothing
                    """)
                .bind("chain", head.chain())
                .bind("sequence", head.sequence())
                .bind("hash", head.hash().toArray())
                .bind("at", head.time())
                .bind("signature", checkpoint.signature().toArray())
                .bind("journalIndex", checkpoint.journalIndex())
                .execute());
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    var head =
        new AuditHead(
            row.getString("chain"),
            row.getLong("sequence"),
            Bytes.of(row.getBytes("hash")),
            row.getTimestamp("at").toInstant());
    return new Checkpoint(head, Bytes.of(row.getBytes("signature")), row.getLong("journal_index"));
  }

  static WrittenEvent written(ResultSet row) throws SQLException {
    return new WrittenEvent(
        row.getString("chain"),
        row.getLong("sequence"),
        row.getTimestamp("at").toInstant(),
        row.getString("actor"),
        row.getString("action"),
        Optional.ofNullable(row.getString("tenant")),
        row.getString("object"),
        text(row),
        Bytes.of(row.getBytes("hash")));
  }

  private static WrittenEvent.Text text(ResultSet row) throws SQLException {
    Optional<String> actorName = Optional.ofNullable(row.getString("actor_name"));
    Optional<String> detail = Optional.ofNullable(row.getString("detail"));
    byte[] commitment = row.getBytes("commitment");
    return row.getInt("version") == 1 || commitment == null
        ? new WrittenEvent.Plain(actorName, detail)
        : new WrittenEvent.Committed(
            Bytes.of(commitment),
            Optional.ofNullable(row.getBytes("salt")).map(Bytes::of),
            actorName,
            detail);
  }

  static AuditEvent event(ResultSet row) throws SQLException {
    return new AuditEvent(
        row.getString("chain"),
        row.getLong("sequence"),
        row.getTimestamp("at").toInstant(),
        row.getString("actor"),
        Optional.ofNullable(row.getString("actor_name")).orElse(""),
        row.getString("action"),
        Optional.ofNullable(row.getString("tenant")).map(TenantId::new),
        row.getString("object"),
        Optional.ofNullable(row.getString("detail")).orElse(""),
        Bytes.of(row.getBytes("hash")));
  }
}
