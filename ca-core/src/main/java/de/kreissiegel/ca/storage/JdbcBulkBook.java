package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.bulk.BulkBook;
import de.kreissiegel.ca.bulk.BulkJob;
import de.kreissiegel.ca.bulk.BulkRow;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Lists in PostgreSQL. */
final class JdbcBulkBook implements BulkBook {
  private static final String JOBS =
      """
      select j.*, r.* from bulk_job j cross join lateral (
        select count(*) filter (where b.state = 'new') as unchecked,
          count(*) filter (where b.state in ('ready', 'trying')) as ready,
          count(*) filter (where b.state = 'faulty') as faulty,
          count(*) filter (where b.state = 'done') as done,
          count(*) filter (where b.state = 'failed') as failed
        from bulk_row b where b.job = j.id) r
      """;

  private final Jdbi jdbi;

  JdbcBulkBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public boolean insert(
      Transaction transaction, BulkJob job, Bytes digest, boolean again, List<BulkRow> rows) {
    Handle handle = handleOf(transaction);
    // Two clicks at once come one after the other.
    handle.execute(
        "select pg_advisory_xact_lock(hashtext(? || encode(?, 'hex')))",
        job.maker().value(),
        digest.toArray());
    boolean isKnown =
        handle
            .createQuery(
                """
                select exists (select from bulk_job
                  where made_by = :maker and digest = :digest and state <> 'cancelled')
                """)
            .bind("maker", job.maker().value())
            .bind("digest", digest.toArray())
            .mapTo(Boolean.class)
            .one();
    if (isKnown && !again) {
      return false;
    }
    handle
        .createUpdate(
            """
            insert into bulk_job (id, kind, profile, made_by, maker_name, proof, made_at, state,
              moved_at, digest)
            values (:id, :kind, :profile, :by, :name, :proof, :at, :state, :at, :digest)
            """)
        .bind("digest", digest.toArray())
        .bind("id", job.id())
        .bind("kind", word(job.kind()))
        .bind("profile", job.profile().value())
        .bind("by", job.maker().value())
        .bind("name", Patterns.storable(job.makerName()))
        .bind("proof", job.proof().name())
        .bind("at", job.madeAt())
        .bind("state", word(job.state()))
        .execute();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into bulk_row (job, number, who, tenant, csr, state, reason, detail)
            values (:job, :number, :who, :tenant, :csr, :state, :reason, :detail)
            """);
    for (BulkRow row : rows) {
      batch
          .bind("job", job.id())
          .bind("number", row.number())
          .bind("who", Patterns.storable(row.who()))
          .bind("tenant", row.tenant().map(Patterns::storable).orElse(null))
          .bind("csr", row.csr().map(Bytes::toArray).orElse(null))
          .bind("state", word(row.state()))
          .bind("reason", row.reason().map(Enum::name).orElse(null))
          .bind("detail", Patterns.storable(row.detail()))
          .add();
    }
    batch.execute();
    return true;
  }

  @Override
  public int doneElsewhere(UUID job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select count(*) from bulk_row r join bulk_job j on j.id = r.job
                    where r.job = :job and r.state in ('ready', 'trying')
                      and exists (select from bulk_row o join bulk_job p on p.id = o.job
                        where o.subject_id = r.subject_id and o.state = 'done' and p.id <> j.id
                          and p.profile = j.profile and p.kind = j.kind)
                    """)
                .bind("job", job)
                .mapTo(Integer.class)
                .one());
  }

  @Override
  public Optional<BulkJob> find(UUID id) {
    return jdbi.withHandle(handle -> job(handle, id));
  }

  @Override
  public Optional<BulkJob> lock(Transaction transaction, UUID id) {
    Handle handle = handleOf(transaction);
    handle
        .createQuery("select id from bulk_job where id = :id for update")
        .bind("id", id)
        .mapTo(UUID.class)
        .findOne();
    return job(handle, id);
  }

  private static Optional<BulkJob> job(Handle handle, UUID id) {
    return handle
        .createQuery(JOBS + "where j.id = :id")
        .bind("id", id)
        .map((row, _) -> BulkRows.job(row))
        .findOne();
  }

  @Override
  public void move(Transaction transaction, UUID id, BulkJob.State state, Instant now) {
    handleOf(transaction)
        .execute("update bulk_job set state = ?, moved_at = ? where id = ?", word(state), now, id);
  }

  @Override
  public List<BulkJob> of(SubjectId maker) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(JOBS + "where j.made_by = :maker order by j.made_at desc limit 50")
                .bind("maker", maker.value())
                .map((row, _) -> BulkRows.job(row))
                .list());
  }

  @Override
  public List<BulkJob> active() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    JOBS + "where j.state in ('checking', 'running') order by j.made_at, j.id")
                .map((row, _) -> BulkRows.job(row))
                .list());
  }

  @Override
  public List<BulkRow> rows(UUID job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from bulk_row where job = :job order by number")
                .bind("job", job)
                .map((row, _) -> BulkRows.row(row))
                .list());
  }

  @Override
  public List<BulkRow> unchecked(UUID job, int atMost, Instant now, Instant until) {
    return lend(
        """
        with lent as materialized (
          select b.number from bulk_row b join bulk_job j on j.id = b.job
          where b.job = :job and b.state = 'new' and j.state = 'checking'
            and coalesce(b.lent_until, :now) <= :now
          order by b.number limit :most for update of b skip locked)
        update bulk_row r set lent_until = :until
        from lent where r.job = :job and r.number = lent.number
        returning r.*
        """,
        job,
        atMost,
        now,
        until);
  }

  /** What is given out as ready was never in anybody's hand: the state before says so. */
  @Override
  public List<BulkRow> due(UUID job, int atMost, Instant now, Instant until) {
    return lend(
        """
        with lent as materialized (
          select b.number, b.state as before from bulk_row b join bulk_job j on j.id = b.job
          where b.job = :job and b.state in ('ready', 'trying') and j.state = 'running'
            and coalesce(b.lent_until, :now) <= :now
          order by b.number limit :most for update of b skip locked)
        update bulk_row r set lent_until = :until, state = 'trying'
        from lent where r.job = :job and r.number = lent.number
        returning r.job, r.number, r.who, r.tenant, r.csr, lent.before as state, r.subject_id,
          r.name, r.reason, r.detail, r.request_id
        """,
        job,
        atMost,
        now,
        until);
  }

  /** Materialized: else the limit may count anew for each row that is looked at. */
  private List<BulkRow> lend(String sql, UUID job, int atMost, Instant now, Instant until) {
    return jdbi.inTransaction(
        handle ->
            handle
                .createQuery(sql)
                .bind("job", job)
                .bind("most", atMost)
                .bind("now", now)
                .bind("until", until)
                .map((row, _) -> BulkRows.row(row))
                .stream()
                .sorted(Comparator.comparing(BulkRow::number))
                .toList());
  }

  @Override
  public void settle(Transaction transaction, UUID job, BulkRow row) {
    handleOf(transaction)
        .createUpdate(
            """
            update bulk_row set tenant = :tenant, state = :state, subject_id = :subject,
              name = :name, reason = :reason, detail = :detail, request_id = :request,
              lent_until = null
            where job = :job and number = :number
            """)
        .bind("job", job)
        .bind("number", row.number())
        .bind("tenant", row.tenant().orElse(null))
        .bind("state", word(row.state()))
        .bind("subject", row.subject().map(SubjectId::value).orElse(null))
        .bind("name", Patterns.storable(row.name()))
        .bind("reason", row.reason().map(Enum::name).orElse(null))
        .bind("detail", Patterns.storable(row.detail()))
        .bind("request", row.request().map(id -> id.value()).orElse(null))
        .execute();
  }

  @Override
  public int forget(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle.execute(
                """
                delete from bulk_job
                where moved_at < ? and state in ('ready', 'paused', 'cancelled', 'done')
                """,
                before));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
