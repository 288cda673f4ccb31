package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.lifecycle.Brake;
import de.kreissiegel.ca.lifecycle.HeldPlan;
import de.kreissiegel.ca.lifecycle.PlanBook;
import de.kreissiegel.ca.lifecycle.PlanItem;
import de.kreissiegel.ca.registration.SystemTenant;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Plans in PostgreSQL. */
public final class JdbcPlanBook implements PlanBook {
  private static final String OPEN = "settled_at is null and state in ('gathered', 'held', 'due')";

  /** Who holds or asks for something, and isn't a part of the system. */
  private static final String CONCERNED =
      """
      select coalesce(p.subject_id, c.subject_id) as subject_id, c.tenant, c.subject_name as name
      from certificate c left join pseudonym p on p.holder = c.subject_id
      where c.state <> 'revoked' and c.not_after >= :now
        and c.subject_id is not null and c.tenant is not null
      union all
      select subject_id, tenant, subject_name from request
      where state in ('submitted', 'awaiting', 'approved') and tenant <> :system
      """;

  private static final String ADD =
      """
      insert into plan_item (directory, subject_id, tenant, kind, lost, cause, name, drastic,
        seen_at, state)
      select %1$s, 'gathered' from %2$s
      where not exists (
        select from plan_item i where i.subject_id = given.subject_id and i.kind = given.kind
          and i.lost = given.lost::text[] and i.settled_at is null)
      """
          .formatted(Rows.columns(PlanRows.GIVEN, Set.of("lost")), Rows.given(PlanRows.GIVEN));

  private final Jdbi jdbi;

  public JdbcPlanBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Set<SubjectId> watched(
      Transaction transaction, Collection<SubjectId> subjects, Instant now) {
    if (subjects.isEmpty()) {
      return Set.of();
    }
    return handleOf(transaction)
        .createQuery(
            """
            select subject_id from certificate
            where subject_id = any(:ids) and state <> 'revoked' and not_after >= :now
            union select p.subject_id from pseudonym p join certificate c on c.subject_id = p.holder
            where p.subject_id = any(:ids) and c.state <> 'revoked' and c.not_after >= :now
            union select subject_id from request
            where subject_id = any(:ids) and state in ('submitted', 'awaiting', 'approved')
            """)
        .bindArray("ids", String.class, PlanRows.values(subjects))
        .bind("now", now)
        .mapTo(String.class)
        .map(SubjectId::new)
        .set();
  }

  @Override
  public Set<SubjectId> affected(Transaction transaction, Collection<SubjectId> subjects) {
    return handleOf(transaction)
        .createQuery(
            """
            select i.subject_id from plan_effect e join plan_item i on i.id = e.item
            where e.settled_at is null and i.subject_id = any(:ids)
            """)
        .bindArray("ids", String.class, PlanRows.values(subjects))
        .mapTo(String.class)
        .map(SubjectId::new)
        .set();
  }

  @Override
  public int holders(Transaction transaction, TenantId tenant, Instant now) {
    return handleOf(transaction)
        .createQuery(
            """
            select count(distinct subject_id) from certificate
            where tenant = :tenant and state <> 'revoked' and not_after >= :now
              and subject_id is not null
            """)
        .bind("tenant", tenant.value())
        .bind("now", now)
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public List<Holder> unaccounted(Instant now, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select distinct on (one.subject_id) one.* from (%s) one
                    left join roster on roster.subject_id = one.subject_id
                    where (roster.subject_id is null or roster.standing = 'DISABLED')
                      and not exists (
                        select from plan_item i where i.subject_id = one.subject_id and i.kind = 'LEFT'
                          and (i.settled_at is null or i.state = 'done' and exists (
                            select from plan_effect e where e.item = i.id and e.settled_at is null)))
                    order by one.subject_id limit :most
                    """
                        .formatted(CONCERNED))
                .bind("now", now)
                .bind("system", SystemTenant.ID.value())
                .bind("most", most)
                .map(
                    (row, _) ->
                        new Holder(
                            new SubjectId(row.getString("subject_id")),
                            new TenantId(row.getString("tenant")),
                            row.getString("name")))
                .list());
  }

  @Override
  public void add(Transaction transaction, List<PlanItem> items) {
    if (!items.isEmpty()) {
      Rows.change(handleOf(transaction), ADD, rows -> PlanRows.bind(rows, items));
    }
  }

  @Override
  public void withdraw(
      Transaction transaction,
      SubjectId subject,
      Set<Change.Kind> kinds,
      Set<TenantId> nowWorksFor,
      Instant now) {
    Handle handle = handleOf(transaction);
    List<UUID> plans =
        handle
            .createQuery(
                """
                update plan_item
                set state = 'withdrawn', settled_at = :now, name = null
                where subject_id = :subject and kind = any(:kinds) and lost <@ :tenants and
                """
                    + OPEN
                    + " returning coalesce(plan, '00000000-0000-0000-0000-000000000000')")
            .bind("now", now)
            .bind("subject", subject.value())
            .bindArray("kinds", String.class, kinds.stream().map(Enum::name).toList())
            .bindArray("tenants", String.class, nowWorksFor.stream().map(TenantId::value).toList())
            .mapTo(UUID.class)
            .list();
    new HashSet<>(plans).forEach(plan -> changed(handle, plan, now));
  }

  /** A consent to what it was doesn't count any more; and if nothing is left of it, it is over. */
  private static void changed(Handle handle, UUID plan, Instant now) {
    handle
        .createUpdate(
            """
            update plan set revision = revision + 1,
              closed_at = case when left_over then null else cast(:now as timestamptz) end,
              outcome = case when left_over then null else 'withdrawn' end
            from (select exists (
                select from plan_item where plan = :plan and state = 'held') as left_over) rest
            where id = :plan and closed_at is null
            """)
        .bind("now", now)
        .bind("plan", plan)
        .execute();
  }

  @Override
  public List<PlanItem> gathered(Transaction transaction, DirectoryName directory) {
    return handleOf(transaction)
        .createQuery(
            """
            select * from plan_item
            where settled_at is null and state = 'gathered' and directory = :directory order by id
            """)
        .bind("directory", directory.value())
        .map((row, _) -> PlanRows.item(row))
        .list();
  }

  @Override
  public List<PlanItem> held(Transaction transaction, Change.Kind kind) {
    return handleOf(transaction)
        .createQuery(
            """
            select * from plan_item
            where settled_at is null and state = 'held' and kind = :kind order by id
            """)
        .bind("kind", kind.name())
        .map((row, _) -> PlanRows.item(row))
        .list();
  }

  @Override
  public Map<TenantId, Set<SubjectId>> leaving(
      Transaction transaction, Set<Change.Kind> kinds, Instant since) {
    var leaving = new HashMap<TenantId, Set<SubjectId>>();
    handleOf(transaction)
        .createQuery(
            """
            select distinct tenant, subject_id from plan_item
            where drastic and subject_id is not null and kind = any(:kinds) and (
              settled_at is null and state in ('held', 'due')
              or state = 'done' and settled_at >= :since)
            """)
        .bind("since", since)
        .bindArray("kinds", String.class, kinds.stream().map(Enum::name).toList())
        .map(
            (row, _) ->
                Map.entry(
                    new TenantId(row.getString("tenant")),
                    new SubjectId(row.getString("subject_id"))))
        .forEach(
            one -> leaving.computeIfAbsent(one.getKey(), _ -> new HashSet<>()).add(one.getValue()));
    return leaving;
  }

  @Override
  public void release(Transaction transaction, Collection<PlanItem> items) {
    handleOf(transaction)
        .createUpdate("update plan_item set state = 'due' where id = any(:ids)")
        .bindArray("ids", Long.class, items.stream().map(PlanItem::id).toList())
        .execute();
  }

  @Override
  public boolean hold(
      Transaction transaction,
      TenantId tenant,
      Brake.Stop stop,
      Collection<PlanItem> items,
      Instant now) {
    Handle handle = handleOf(transaction);
    var fresh = UUID.randomUUID();
    UUID plan =
        handle
            .createQuery(
                """
                insert into plan (id, tenant, why, leaving, allowed, revision, opened_at)
                values (:id, :tenant, :why, :leaving, :allowed, 1, :now)
                on conflict (tenant) where closed_at is null
                do update set revision = plan.revision + 1, why = excluded.why,
                  leaving = excluded.leaving, allowed = excluded.allowed
                returning id
                """)
            .bind("id", fresh)
            .bind("tenant", tenant.value())
            .bind("why", stop.reason().name())
            .bind("leaving", stop.leaving())
            .bind("allowed", stop.allowed())
            .bind("now", now)
            .mapTo(UUID.class)
            .one();
    handle
        .createUpdate("update plan_item set state = 'held', plan = :plan where id = any(:ids)")
        .bind("plan", plan)
        .bindArray("ids", Long.class, items.stream().map(PlanItem::id).toList())
        .execute();
    return plan.equals(fresh);
  }

  @Override
  public boolean isAnyHeld() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select from plan where closed_at is null)")
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public List<HeldPlan> open(Set<TenantId> tenants) {
    return jdbi.inTransaction(handle -> PlanRows.plans(handle, tenants));
  }

  @Override
  public Optional<HeldPlan> lock(Transaction transaction, UUID plan) {
    return PlanRows.locked(handleOf(transaction), plan);
  }

  @Override
  public void consent(Transaction transaction, HeldPlan plan, String officer, Instant now) {
    handleOf(transaction)
        .createUpdate(
            """
            insert into plan_consent (plan, revision, officer, at)
            values (:plan, :revision, :officer, :now)
            """)
        .bind("plan", plan.id())
        .bind("revision", plan.revision())
        .bind("officer", officer)
        .bind("now", now)
        .execute();
  }

  @Override
  public void release(Transaction transaction, HeldPlan plan, Instant now) {
    Handle handle = handleOf(transaction);
    handle.execute(
        "update plan_item set state = 'due' where plan = ? and state = 'held'", plan.id());
    handle.execute(
        "update plan set closed_at = ?, outcome = 'released' where id = ?", now, plan.id());
  }

  @Override
  public List<PlanItem> due(int without, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from plan_item where settled_at is null and state = 'due'
                    order by id offset :without limit :most
                    """)
                .bind("without", without)
                .bind("most", most)
                .map((row, _) -> PlanRows.item(row))
                .list());
  }

  @Override
  public void done(PlanItem item, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update plan_item set state = 'done', settled_at = :now, name = null
                    where id = :id and state = 'due'
                    """)
                .bind("now", now)
                .bind("id", item.id())
                .execute());
  }
}
