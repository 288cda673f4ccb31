package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.emergency.MassBook;
import de.kreissiegel.ca.emergency.MassCount;
import de.kreissiegel.ca.emergency.MassItem;
import de.kreissiegel.ca.emergency.MassRun;
import de.kreissiegel.ca.emergency.MassStep;
import de.kreissiegel.ca.emergency.Notice;
import de.kreissiegel.ca.emergency.PlanLine;
import de.kreissiegel.ca.emergency.Turn;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** Runs of the mass path in PostgreSQL. */
public final class JdbcMassBook implements MassBook {
  private static final int FETCH = 1000;

  /** What a run concerns, each with its turn; responders stay. */
  private static final String CONCERNED =
      """
      select one.* from (
        select c.serial, c.profile, c.tenant, c.subject_id,
          coalesce(turns.turn, case when c.tenant is null then :system else :people end) as turn
        from certificate c
        left join unnest(:profiles::text[], :turns::int[]) as turns (profile, turn)
          on turns.profile = c.profile
        where c.authority = :authority and c.state <> 'revoked' and c.not_after >= :now) one
      where one.turn <> :responders
      """;

  /** Whether the holder of an item i of a run r has a good certificate of another generation. */
  private static final String REPLACED =
      """
      case when i.holder is null then exists (
        select from certificate old join certificate c
          on c.tenant is null and c.subject_id is null and c.alternative_names = old.alternative_names
        where old.authority = r.authority and old.serial = i.serial
          and c.authority <> r.authority and c.profile = i.profile and c.state = 'good'
          and c.not_before > old.not_before
          and c.not_after > r.begun_at)
      else exists (
        select from certificate c
        where c.subject_id = i.holder and c.authority <> r.authority and c.profile = i.profile
          and c.tenant is not distinct from i.tenant and c.state = 'good'
          and c.not_after > r.begun_at
          and c.not_before > (select not_before from certificate old
            where old.authority = r.authority and old.serial = i.serial))
      end
      """;

  private static final String STOPPED =
      "select exists (select from mass_run where authority = ? and kind = 'emergency')";

  private final Jdbi jdbi;

  public JdbcMassBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public boolean isStopped(AuthorityName generation) {
    return jdbi.withHandle(
        handle ->
            Rows.returned(
                    handle,
                    STOPPED,
                    rows -> rows.text(generation.value()),
                    row -> row.getBoolean(1))
                .getFirst());
  }

  @Override
  public boolean begin(Transaction transaction, MassRun run) {
    return handleOf(transaction)
            .createUpdate(
                """
                insert into mass_run (id, authority, kind, reason, begun_by, begun_at)
                values (:id, :authority, :kind, :reason, :by, :at)
                on conflict (authority) where finished_at is null do nothing
                """)
            .bind("id", run.id())
            .bind("authority", run.authority().value())
            .bind("kind", run.kind().name().toLowerCase(Locale.ROOT))
            .bind("reason", run.reason())
            .bind("by", run.begunBy())
            .bind("at", run.begunAt())
            .execute()
        == 1;
  }

  @Override
  public Optional<MassRun> newest(AuthorityName authority) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from mass_run where authority = :authority
                    order by (finished_at is null) desc, begun_at desc limit 1
                    """)
                .bind("authority", authority.value())
                .map((row, _) -> MassRows.run(row))
                .findOne());
  }

  @Override
  public boolean lockOpen(Transaction transaction, UUID run) {
    return handleOf(transaction)
        .createQuery("select id from mass_run where id = :run and finished_at is null for update")
        .bind("run", run)
        .mapTo(UUID.class)
        .findOne()
        .isPresent();
  }

  @Override
  public int enlist(
      Transaction transaction, MassRun run, Map<ProfileName, Turn> turns, Instant now) {
    return concerned(
            handleOf(transaction)
                .createUpdate(
                    """
                    insert into mass_item (run, place, serial, turn, profile, tenant, holder)
                    select :run, (select coalesce(max(place), 0) from mass_item where run = :run)
                        + row_number() over (
                          order by turn, tenant nulls first, subject_id, length(serial), serial),
                      serial, turn, profile, tenant, subject_id
                    from (%s) fresh
                    where not exists (
                      select from mass_item i where i.run = :run and i.serial = fresh.serial)
                    """
                        .formatted(CONCERNED)),
            run.authority(),
            turns,
            now)
        .bind("run", run.id())
        .execute();
  }

  private static <S extends SqlStatement<S>> S concerned(
      S statement, AuthorityName authority, Map<ProfileName, Turn> turns, Instant now) {
    List<Map.Entry<ProfileName, Turn>> all = List.copyOf(turns.entrySet());
    return statement
        .bind("authority", authority.value())
        .bind("now", now)
        .bind("system", Turn.SYSTEM.ordinal())
        .bind("people", Turn.PEOPLE.ordinal())
        .bind("responders", Turn.RESPONDERS.ordinal())
        .bindArray("profiles", String.class, all.stream().map(one -> one.getKey().value()).toList())
        .bindArray(
            "turns", Integer.class, all.stream().map(one -> one.getValue().ordinal()).toList());
  }

  @Override
  public List<MassItem> next(
      Transaction transaction, MassRun run, MassStep step, boolean onlyReplaced, int most) {
    return handleOf(transaction)
        .createQuery(
            """
            select i.place, i.serial, i.tenant, i.holder from mass_item i
            join mass_run r on r.id = i.run
            where i.run = :run and i.%s is null %s
            order by i.place limit :most
            """
                .formatted(MassRows.column(step), onlyReplaced ? "and " + REPLACED : ""))
        .bind("run", run.id())
        .bind("most", most)
        .map((row, _) -> MassRows.item(row))
        .list();
  }

  @Override
  public void done(
      Transaction transaction, MassRun run, MassStep step, List<MassItem> items, Instant now) {
    Handle handle = handleOf(transaction);
    if (step == MassStep.TELL) {
      keepNotices(handle, run, items, now);
    }
    handle
        .createUpdate(
            "update mass_item set %s = :now where run = :run and place = any(:places)"
                .formatted(MassRows.column(step)))
        .bind("now", now)
        .bind("run", run.id())
        .bindArray("places", Long.class, items.stream().map(MassItem::place).toList())
        .execute();
  }

  /** Who has one already needs no other; the others get theirs in order. */
  private static void keepNotices(Handle handle, MassRun run, List<MassItem> items, Instant now) {
    handle
        .createUpdate(
            """
            insert into notice (run, holder, tenant, created_at)
            select run, holder, tenant, :now from mass_item
            where run = :run and place = any(:places) and holder is not null and tenant is not null
            group by run, holder, tenant order by min(place)
            on conflict (run, holder, tenant) do nothing
            """)
        .bind("now", now)
        .bind("run", run.id())
        .bindArray("places", Long.class, items.stream().map(MassItem::place).toList())
        .execute();
  }

  @Override
  public boolean isLeft(Transaction transaction, UUID run) {
    return handleOf(transaction)
        .createQuery(
            """
            select exists (
              select from mass_item where run = :run
                and (revoked_at is null or asked_at is null or told_at is null))
            """)
        .bind("run", run)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void finish(Transaction transaction, UUID run, Instant at, Bytes serials) {
    handleOf(transaction)
        .createUpdate("update mass_run set finished_at = :at, serials = :serials where id = :run")
        .bind("at", at)
        .bind("serials", serials.toArray())
        .bind("run", run)
        .execute();
  }

  @Override
  public List<PlanLine> plan(AuthorityName authority, Map<ProfileName, Turn> turns, Instant now) {
    return jdbi.withHandle(
        handle ->
            concerned(
                    handle.createQuery(
                        """
                        select turn, profile, tenant, count(*) as n from (%s) concerned
                        group by turn, profile, tenant order by turn, profile, tenant nulls first
                        """
                            .formatted(CONCERNED)),
                    authority,
                    turns,
                    now)
                .map((row, _) -> MassRows.planned(row))
                .list());
  }

  @Override
  public List<MassCount> counts(MassRun run) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select i.turn, i.profile, count(*) as n, count(i.revoked_at) as revoked,
                      count(i.asked_at) as asked, count(i.told_at) as told,
                      count(*) filter (where %s) as replaced,
                      max(greatest(i.revoked_at, i.asked_at, i.told_at)) as last_done
                    from mass_item i join mass_run r on r.id = i.run
                    where i.run = :run group by i.turn, i.profile order by i.turn, i.profile
                    """
                        .formatted(REPLACED))
                .bind("run", run.id())
                .map((row, _) -> MassRows.count(row))
                .list());
  }

  @Override
  public void eachSerial(UUID run, Consumer<SerialNumber> each) {
    // The driver reads in portions only within a transaction.
    jdbi.useTransaction(
        handle ->
            handle
                .createQuery("select serial from mass_item where run = :run order by place")
                .bind("run", run)
                .setFetchSize(FETCH)
                .mapTo(String.class)
                .map(SerialNumber::fromHex)
                .forEach(each));
  }

  @Override
  public void eachNotice(MassRun run, Consumer<Notice> each) {
    jdbi.useTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select n.number, n.holder, n.tenant, n.created_at,
                      array_agg(i.serial order by i.place) as serials,
                      array_agg(i.profile order by i.place) as profiles,
                      array_agg(%s order by i.place) as replaced
                    from notice n join mass_run r on r.id = n.run
                    join mass_item i on i.run = n.run and i.holder = n.holder and i.tenant = n.tenant
                    where n.run = :run
                    group by n.number, n.holder, n.tenant, n.created_at order by n.number
                    """
                        .formatted(REPLACED))
                .bind("run", run.id())
                .setFetchSize(FETCH)
                .map((row, _) -> MassRows.notice(row))
                .forEach(each));
  }
}
