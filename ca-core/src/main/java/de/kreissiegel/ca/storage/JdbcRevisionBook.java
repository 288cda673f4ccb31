package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.revision.Finding;
import de.kreissiegel.ca.revision.ReviewPeriod;
import de.kreissiegel.ca.revision.Revision;
import de.kreissiegel.ca.revision.RevisionBook;
import de.kreissiegel.ca.revision.Said;
import de.kreissiegel.ca.revision.SampleItem;
import de.kreissiegel.ca.revision.SampleKind;
import de.kreissiegel.ca.revision.SealedText;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reviews in PostgreSQL, whose rights and triggers let nothing of them be changed. */
public final class JdbcRevisionBook implements RevisionBook {
  private static final String ALL =
      """
      select r.*,
        (select count(*) from revision_item i where i.revision = r.id) as items,
        (select count(*) from revision_item i where i.revision = r.id
          and (exists (select from revision_judgement j
                       where j.revision = i.revision and j.item = i.number)
            or exists (select from revision_finding f
                       where f.revision = i.revision and f.item = i.number))) as judged,
        (select count(*) from revision_finding f where f.revision = r.id) as findings,
        (select count(*) from revision_finding f where f.revision = r.id
          and not exists (select from revision_step s
                          where s.finding = f.id and s.kind = 'CLOSED')) as open_findings,
        c.checked_by, c.checker_name, c.checked_at, c.chains, c.events, c.uncovered, c.faults,
        s.signed_by, s.signer_name, s.signed_at, s.words, s.salt, s.commitment, s.left_out, s.digest
      from revision r
      left join lateral (
        select * from revision_check c where c.revision = r.id order by number desc limit 1) c on true
      left join revision_sign_off s on s.revision = r.id
      """;

  private static final String FINDINGS =
      """
      select f.*, r.tenant from revision_finding f join revision r on r.id = f.revision
      """;

  /** Each tenant once, by jumps in the index, and the house. */
  private static final String AREAS =
      """
      with recursive tenants (tenant) as (
        (select tenant from audit_event where tenant is not null order by tenant limit 1)
        union all
        select (select e.tenant from audit_event e where e.tenant > t.tenant
                order by e.tenant limit 1)
        from tenants t where t.tenant is not null)
      select t.tenant from tenants t
      where t.tenant is not null and exists (
        select from audit_event e where e.tenant = t.tenant and e.at >= :from and e.at < :until)
      union all
      select null where exists (
        select from audit_event e where e.tenant is null and e.at >= :from and e.at < :until)
      """;

  private static final int MOST_OPEN = 200;

  private final Jdbi jdbi;

  public JdbcRevisionBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public Optional<Instant> beginning() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select min(e.at) as at from audit_chain c
                    join audit_event e on e.chain = c.chain and e.sequence = 1
                    """)
                .map((row, _) -> Optional.ofNullable(row.getTimestamp("at")))
                .one()
                .map(java.sql.Timestamp::toInstant));
  }

  @Override
  public Set<Optional<TenantId>> areas(Instant from, Instant until) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(AREAS)
                .bind("from", from)
                .bind("until", until)
                .map((row, _) -> tenant(row))
                .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public List<Sketch> sketches(Instant from, Instant until) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, tenant, begins_at, ends_at,
                      exists (select from revision_sign_off s where s.revision = r.id) as signed
                    from revision r where begins_at < :until and ends_at > :from
                    order by begins_at desc, id
                    """)
                .bind("from", from)
                .bind("until", until)
                .map(
                    (row, _) ->
                        new Sketch(
                            row.getObject("id", UUID.class),
                            tenant(row),
                            instant(row, "begins_at"),
                            instant(row, "ends_at"),
                            row.getBoolean("signed")))
                .list());
  }

  @Override
  public Optional<List<Revision.Drawn>> open(Transaction transaction, Revision fresh) {
    Handle handle = handleOf(transaction);
    int stored =
        handle.execute(
            """
            insert into revision (id, tenant, begins_at, ends_at, opened_by, opener_name, opened_at,
              seed, per_kind)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """,
            fresh.id(),
            fresh.tenant().map(TenantId::value).orElse(null),
            fresh.from(),
            fresh.until(),
            fresh.opened().by().value(),
            name(fresh.opened()),
            fresh.opened().at(),
            fresh.seed().toArray(),
            fresh.perKind());
    if (stored == 0) {
      return Optional.empty();
    }
    var drawn = new ArrayList<Revision.Drawn>();
    int number = 0;
    for (SampleKind kind : SampleKind.values()) {
      long population = population(handle, fresh, kind);
      if (population > 0) {
        int some = draw(handle, fresh, kind, number);
        handle.execute(
            "insert into revision_kind (revision, kind, population, drawn) values (?, ?, ?, ?)",
            fresh.id(),
            kind.name(),
            population,
            some);
        drawn.add(new Revision.Drawn(kind, population, some));
        number += some;
      }
    }
    return Optional.of(List.copyOf(drawn));
  }

  /** By this the index on tenants is used; an index knows no "is not distinct from". */
  private static String where(Revision fresh) {
    return (fresh.tenant().isPresent() ? "e.tenant = :tenant" : "e.tenant is null")
        + " and e.at >= :from and e.at < :until and e.action = any(:actions)";
  }

  private static long population(Handle handle, Revision fresh, SampleKind kind) {
    var question =
        handle
            .createQuery("select count(*) from audit_event e where " + where(fresh))
            .bind("from", fresh.from())
            .bind("until", fresh.until())
            .bindArray("actions", String.class, kind.actions());
    fresh.tenant().ifPresent(tenant -> question.bind("tenant", tenant.value()));
    return question.mapTo(Long.class).one();
  }

  private static int draw(Handle handle, Revision fresh, SampleKind kind, int before) {
    var drawing =
        handle
            .createUpdate(
                """
                insert into revision_item (revision, number, kind, chain, sequence, hash)
                select :id, :before + row_number() over (order by d.at, d.chain, d.sequence),
                  :kind, d.chain, d.sequence, d.hash
                from (
                  select e.* from audit_event e where %s
                  order by sha256(cast(:seed as bytea) || e.hash) limit :most) d
                """
                    .formatted(where(fresh)))
            .bind("id", fresh.id())
            .bind("before", before)
            .bind("kind", kind.name())
            .bind("seed", fresh.seed().toArray())
            .bind("most", fresh.perKind())
            .bind("from", fresh.from())
            .bind("until", fresh.until())
            .bindArray("actions", String.class, kind.actions());
    fresh.tenant().ifPresent(tenant -> drawing.bind("tenant", tenant.value()));
    return drawing.execute();
  }

  @Override
  public Optional<Revision> find(UUID id) {
    return jdbi.withHandle(handle -> one(handle, id));
  }

  /** The role that works here may not change rows, so that it can't lock any either. */
  @Override
  public Optional<Revision> alone(Transaction transaction, UUID id) {
    Handle handle = handleOf(transaction);
    handle
        .createQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .bind("name", "revision:" + id)
        .mapTo(Integer.class)
        .one();
    return one(handle, id);
  }

  private static Optional<Revision> one(Handle handle, UUID id) {
    return handle
        .createQuery(ALL + "where r.id = :id")
        .bind("id", id)
        .map((row, _) -> revision(handle, row))
        .findOne();
  }

  @Override
  public List<SampleItem> items(UUID revision) {
    return jdbi.withHandle(handle -> items(handle, revision));
  }

  @Override
  public List<SampleItem> items(Transaction transaction, UUID revision) {
    return items(handleOf(transaction), revision);
  }

  private static List<SampleItem> items(Handle handle, UUID revision) {
    return handle
        .createQuery(
            """
            select i.chain, i.sequence, coalesce(e.at, r.begins_at) as at,
              coalesce(e.actor, '') as actor, e.actor_name, coalesce(e.action, '') as action,
              case when e.chain is null then r.tenant else e.tenant end as tenant,
              coalesce(e.object, 'event:' || i.chain || '/' || i.sequence) as object, e.detail,
              coalesce(e.hash, decode('', 'hex')) as hash,
              i.number, i.kind, i.hash as drawn_hash, j.judged_by, j.judge_name,
              j.judged_at,
              (select count(*) from revision_finding f
                where f.revision = i.revision and f.item = i.number) as findings
            from revision_item i join revision r on r.id = i.revision
            left join audit_event e on e.chain = i.chain and e.sequence = i.sequence
            left join revision_judgement j on j.revision = i.revision and j.item = i.number
            where i.revision = :id order by i.number
            """)
        .bind("id", revision)
        .map(
            (row, _) ->
                new SampleItem(
                    row.getInt("number"),
                    SampleKind.valueOf(row.getString("kind")),
                    JdbcAuditBook.event(row),
                    Bytes.of(row.getBytes("drawn_hash")),
                    said(row, "judged_by", "judge_name", "judged_at"),
                    row.getInt("findings")))
        .list();
  }

  @Override
  public void inOrder(Transaction transaction, UUID revision, int item, Said said) {
    handleOf(transaction)
        .execute(
            """
            insert into revision_judgement (revision, item, judged_by, judge_name, judged_at)
            values (?, ?, ?, ?, ?)
            """,
            revision,
            item,
            said.by().value(),
            name(said),
            said.at());
  }

  @Override
  public void add(Transaction transaction, Finding finding) {
    handleOf(transaction)
        .execute(
            """
            insert into revision_finding (id, revision, item, severity, office, words, salt,
              commitment, found_by, finder_name, found_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            finding.id(),
            finding.revision(),
            finding.item().isPresent() ? finding.item().getAsInt() : null,
            finding.severity().name(),
            finding.office().name(),
            finding.text().words().orElse(null),
            octets(finding.text().salt()),
            finding.text().commitment().toArray(),
            finding.found().by().value(),
            name(finding.found()),
            finding.found().at());
  }

  @Override
  public void add(Transaction transaction, UUID finding, int number, Finding.Step step) {
    handleOf(transaction)
        .execute(
            """
            insert into revision_step (finding, number, kind, words, salt, commitment, said_by,
              sayer_name, said_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            finding,
            number,
            step.kind().name(),
            step.text().words().orElse(null),
            octets(step.text().salt()),
            step.text().commitment().toArray(),
            step.said().by().value(),
            name(step.said()),
            step.said().at());
  }

  @Override
  public List<Finding> findings(UUID revision) {
    return jdbi.withHandle(handle -> findings(handle, revision));
  }

  @Override
  public List<Finding> findings(Transaction transaction, UUID revision) {
    return findings(handleOf(transaction), revision);
  }

  private static List<Finding> findings(Handle handle, UUID revision) {
    return handle
        .createQuery(FINDINGS + "where f.revision = :id order by f.found_at, f.id")
        .bind("id", revision)
        .map((row, _) -> finding(handle, row))
        .list();
  }

  @Override
  public List<Finding> openFindings(Set<TenantId> tenants) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    FINDINGS
                        + """
                        where (r.tenant is null or r.tenant = any(:tenants))
                          and not exists (select from revision_step s
                            where s.finding = f.id and s.kind = 'CLOSED')
                        order by f.found_at, f.id limit :most
                        """)
                .bindArray("tenants", String.class, values(tenants))
                .bind("most", MOST_OPEN)
                .map((row, _) -> finding(handle, row))
                .list());
  }

  @Override
  public void add(Transaction transaction, UUID revision, Revision.Check check) {
    handleOf(transaction)
        .createUpdate(
            """
            insert into revision_check (revision, number, checked_by, checker_name, checked_at,
              chains, events, uncovered, faults)
            select :id, 1 + coalesce(max(number), 0), :by, :name, :at, :chains, :events, :uncovered,
              :faults
            from revision_check where revision = :id
            """)
        .bind("id", revision)
        .bind("by", check.said().by().value())
        .bind("name", name(check.said()))
        .bind("at", check.said().at())
        .bind("chains", check.chains())
        .bind("events", check.events())
        .bind("uncovered", check.uncovered())
        .bindArray("faults", String.class, check.faults())
        .execute();
  }

  @Override
  public void signOff(Transaction transaction, UUID revision, Revision.SignOff signOff) {
    handleOf(transaction)
        .execute(
            """
            insert into revision_sign_off (revision, signed_by, signer_name, signed_at, words, salt,
              commitment, left_out, digest)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            revision,
            signOff.said().by().value(),
            name(signOff.said()),
            signOff.said().at(),
            signOff.statement().words().orElse(null),
            octets(signOff.statement().salt()),
            signOff.statement().commitment().toArray(),
            signOff.leftOut(),
            signOff.digest().toArray());
  }

  @Override
  public boolean notice(Transaction transaction, ReviewPeriod period, boolean overdue, Instant at) {
    return handleOf(transaction)
            .execute(
                """
                insert into revision_notice (begins_at, ends_at, kind, noticed_at)
                values (?, ?, ?, ?) on conflict do nothing
                """,
                period.from(),
                period.until(),
                overdue ? "OVERDUE" : "DUE",
                at)
        > 0;
  }

  @Override
  public void each(
      Set<TenantId> tenants, boolean house, Instant from, Instant until, Consumer<Revision> each) {
    sketches(from, until).reversed().stream()
        .filter(one -> one.tenant().map(tenants::contains).orElse(house))
        .forEach(one -> find(one.id()).ifPresent(each));
  }

  private static Revision revision(Handle handle, ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new Revision(
        id,
        tenant(row),
        instant(row, "begins_at"),
        instant(row, "ends_at"),
        said(row, "opened_by", "opener_name", "opened_at").orElseThrow(),
        Bytes.of(row.getBytes("seed")),
        row.getInt("per_kind"),
        handle
            .createQuery("select * from revision_kind where revision = :id")
            .bind("id", id)
            .map(
                (kind, _) ->
                    new Revision.Drawn(
                        SampleKind.valueOf(kind.getString("kind")),
                        kind.getLong("population"),
                        kind.getInt("drawn")))
            .stream()
            .sorted((a, b) -> a.kind().compareTo(b.kind()))
            .toList(),
        new Revision.Progress(
            row.getInt("items"),
            row.getInt("judged"),
            row.getInt("findings"),
            row.getInt("open_findings")),
        check(row),
        signOff(row));
  }

  private static Optional<Revision.Check> check(ResultSet row) throws SQLException {
    Optional<Said> said = said(row, "checked_by", "checker_name", "checked_at");
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Revision.Check(
                said.get(),
                row.getInt("chains"),
                row.getLong("events"),
                row.getLong("uncovered"),
                Arrays.asList((String[]) row.getArray("faults").getArray())));
  }

  private static Optional<Revision.SignOff> signOff(ResultSet row) throws SQLException {
    Optional<Said> said = said(row, "signed_by", "signer_name", "signed_at");
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Revision.SignOff(
                said.get(), text(row), row.getInt("left_out"), Bytes.of(row.getBytes("digest"))));
  }

  private static Finding finding(Handle handle, ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    int item = row.getInt("item");
    return new Finding(
        id,
        row.getObject("revision", UUID.class),
        tenant(row),
        item == 0 ? OptionalInt.empty() : OptionalInt.of(item),
        Finding.Severity.valueOf(row.getString("severity")),
        Office.valueOf(row.getString("office")),
        text(row),
        said(row, "found_by", "finder_name", "found_at").orElseThrow(),
        handle
            .createQuery("select * from revision_step where finding = :id order by number")
            .bind("id", id)
            .map(
                (step, _) ->
                    new Finding.Step(
                        Finding.StepKind.valueOf(step.getString("kind")),
                        text(step),
                        said(step, "said_by", "sayer_name", "said_at").orElseThrow()))
            .list());
  }

  private static SealedText text(ResultSet row) throws SQLException {
    return new SealedText(
        Optional.ofNullable(row.getString("words")),
        Optional.ofNullable(row.getBytes("salt")).map(Bytes::of),
        Bytes.of(row.getBytes("commitment")));
  }

  private static Optional<Said> said(ResultSet row, String by, String name, String at)
      throws SQLException {
    String who = row.getString(by);
    return who == null
        ? Optional.empty()
        : Optional.of(
            new Said(
                new SubjectId(who), Optional.ofNullable(row.getString(name)), instant(row, at)));
  }

  private static Optional<TenantId> tenant(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString("tenant")).map(TenantId::new);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  private static @Nullable String name(Said said) {
    return said.name().map(Patterns::storable).orElse(null);
  }

  private static byte @Nullable [] octets(Optional<Bytes> bytes) {
    return bytes.map(Bytes::toArray).orElse(null);
  }

  private static List<String> values(Set<TenantId> tenants) {
    return tenants.stream().map(TenantId::value).toList();
  }
}
