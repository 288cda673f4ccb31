package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.campaign.Campaign;
import de.kreissiegel.ca.campaign.CampaignBook;
import de.kreissiegel.ca.campaign.CampaignItem;
import de.kreissiegel.ca.campaign.Candidate;
import de.kreissiegel.ca.campaign.Facet;
import de.kreissiegel.ca.campaign.Goal;
import de.kreissiegel.ca.campaign.Progress;
import de.kreissiegel.ca.campaign.Standing;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Campaigns in PostgreSQL. */
final class JdbcCampaignBook implements CampaignBook {
  /** Whether a certificate {@code n} is good, and isn't what the goal is about. */
  private static final String ELSEWHERE =
      """
      n.state = 'good' and n.not_after >= :now and not (
        (cast(:authority as text) is null or n.authority = :authority)
        and (cast(:kind as text) is null or n.key_kind = :kind)
        and (cast(:before as timestamptz) is null or n.not_after < :before))
      """;

  /**
   * When {@code c} was followed by one that isn't what the goal is about: another of the same
   * holder, kind and tenant that is no older, or the one that was asked for as its successor.
   */
  private static final String FOLLOWED =
      """
      (select min(n.not_before) from (
        select n.* from certificate n
        where n.subject_id = c.subject_id and n.profile = c.profile
          and n.tenant is not distinct from c.tenant and n.not_before >= c.not_before
          and (n.authority, n.serial) <> (c.authority, c.serial)
        union all
        select n.* from request r join certificate n
          on n.authority = r.authority and n.serial = r.serial
        where r.renews_authority = c.authority and r.renews_serial = c.serial
          and r.state = 'issued') n
      where %s)
      """
          .formatted(ELSEWHERE);

  private static final String APPLIED =
      """
      (exists (select from request r
        where r.renews_authority = c.authority and r.renews_serial = c.serial
          and r.state in ('submitted', 'awaiting', 'approved'))
      or exists (select from request r
        where r.subject_id = c.subject_id and r.profile = c.profile and r.tenant = c.tenant
          and r.state in ('submitted', 'awaiting', 'approved')))
      """;

  private static final String TROUBLED =
      """
      exists (select from letter l
        where l.about in ('certificate:' || i.authority || '/' || i.serial, 'pseudonym')
          and l.state in ('failed', 'bounced')
          and l.key like 'campaign/' || i.campaign || '/' || i.number || '/%')
      """;

  /** Certificates of a campaign with how it stands with each; {@link Standing} in its order. */
  private static final String ITEMS =
      """
      with item as materialized (
        select i.*, c.subject_id, c.subject_name, c.not_after, c.state as c_state, %s as followed,
          c.state in ('good', 'hold') and c.not_after >= :now and %s as applied, %s as troubled
        from campaign_item i join certificate c using (authority, serial)
        where i.campaign = :campaign and i.tenant = any(:tenants)),
      standing as (
        select *, case
          when followed is not null then 'RENEWED'
          when c_state = 'revoked' then 'REVOKED'
          when not_after < :now then 'EXPIRED'
          when applied then 'APPLIED'
          when c_state = 'hold' then 'ON_HOLD'
          when profile = any(:machines) then 'MACHINE'
          when written_at is null and unreachable_at is not null then 'UNREACHABLE'
          when written_at is null then 'WAITING'
          when reminded > 0 then 'REMINDED'
          else 'WRITTEN' end as standing
        from item)
      """
          .formatted(FOLLOWED, APPLIED, TROUBLED);

  /**
   * Gives open items of a campaign to given certificates {@code s} of the same holder, kind and
   * tenant that end no earlier than theirs, {@code c}.
   */
  private static final String REPLACE =
      """
      with old as (
        select distinct on (s.authority, s.serial) i.number, s.authority, s.serial
        from unnest(:authorities, :serials) as g (authority, serial)
          join certificate s on s.authority = g.authority and s.serial = g.serial
          join certificate c on c.subject_id = s.subject_id and c.profile = s.profile
            and c.tenant = s.tenant and (c.authority, c.serial) <> (s.authority, s.serial)
          join campaign_item i on i.campaign = :campaign
            and i.authority = c.authority and i.serial = c.serial
        where c.state in ('good', 'hold') and c.not_after >= :now and c.not_after <= s.not_after
          and %s is null
          and not exists (select from campaign_item x
            where x.campaign = :campaign and x.authority = s.authority and x.serial = s.serial)
        order by s.authority, s.serial, i.number)
      update campaign_item i set authority = old.authority, serial = old.serial
      from old where i.campaign = :campaign and i.number = old.number
      """
          .formatted(FOLLOWED);

  private final Jdbi jdbi;

  JdbcCampaignBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void insert(Transaction transaction, Campaign campaign) {
    Goal goal = campaign.goal();
    var update =
        handleOf(transaction)
            .createUpdate(
                """
                insert into campaign (id, title, tenants, profile, authority, key_kind, ends_before,
                  due, per_day, text_de, text_en, made_by, maker_name, made_at, started_by, proof,
                  state, moved_at)
                values (:id, :title, :tenants, :profile, :authority, :kind, :before,
                  :due, :perDay, :textDe, :textEn, :maker, :makerName, :madeAt, :startedBy, :proof,
                  :state, :movedAt)
                """)
            .bindArray("tenants", String.class, CampaignRows.names(goal.tenants()))
            .bind("profile", goal.profile().map(ProfileName::value).orElse(null))
            .bind("authority", goal.authority().map(AuthorityName::value).orElse(null))
            .bind("kind", goal.keyKind().map(Patterns::storable).orElse(null))
            .bind("before", goal.endsBefore().orElse(null))
            .bind("maker", campaign.maker().value())
            .bind("makerName", Patterns.storable(campaign.makerName()))
            .bind("madeAt", campaign.madeAt());
    CampaignRows.bind(update, campaign).execute();
  }

  @Override
  public void change(Transaction transaction, Campaign campaign) {
    var update =
        handleOf(transaction)
            .createUpdate(
                """
                update campaign set title = :title, due = :due, per_day = :perDay,
                  text_de = :textDe, text_en = :textEn, started_by = :startedBy, proof = :proof,
                  state = :state, moved_at = :movedAt, started_at = :startedAt,
                  looked_at = :lookedAt, overdue_at = :overdueAt
                where id = :id
                """)
            .bind("startedAt", campaign.dates().started().orElse(null))
            .bind("lookedAt", campaign.dates().looked().orElse(null))
            .bind("overdueAt", campaign.dates().overdue().orElse(null));
    CampaignRows.bind(update, campaign).execute();
  }

  @Override
  public Optional<Campaign> find(UUID id) {
    return jdbi.withHandle(handle -> campaign(handle, id, ""));
  }

  @Override
  public Optional<Campaign> lock(Transaction transaction, UUID id) {
    return campaign(handleOf(transaction), id, " for update");
  }

  private static Optional<Campaign> campaign(Handle handle, UUID id, String lock) {
    return handle
        .createQuery("select * from campaign where id = :id" + lock)
        .bind("id", id)
        .map((row, _) -> CampaignRows.campaign(row))
        .findOne();
  }

  @Override
  public List<Campaign> of(Set<TenantId> tenants) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from campaign where tenants && :tenants
                    order by state in ('ended', 'done'), made_at desc, id limit 200
                    """)
                .bindArray("tenants", String.class, CampaignRows.names(tenants))
                .map((row, _) -> CampaignRows.campaign(row))
                .list());
  }

  @Override
  public List<Campaign> active() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from campaign where state in ('running', 'paused')
                    order by made_at, id
                    """)
                .map((row, _) -> CampaignRows.campaign(row))
                .list());
  }

  @Override
  public List<Facet> facets(Set<TenantId> tenants, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select profile, authority, key_kind, count(*) as count from certificate
                    where tenant = any(:tenants) and state = 'good' and not_after >= :now
                      and erased_at is null
                    group by 1, 2, 3 order by 1, 2, 3
                    """)
                .bindArray("tenants", String.class, CampaignRows.names(tenants))
                .bind("now", now)
                .map(
                    (row, _) ->
                        new Facet(
                            new ProfileName(row.getString("profile")),
                            new AuthorityName(row.getString("authority")),
                            row.getString("key_kind"),
                            row.getLong("count")))
                .list());
  }

  /** The conditions are those of a search; of each holder's that are alike the last is wanted. */
  @Override
  public List<Candidate> candidates(Goal goal, Instant now, int atMost) {
    var conditions =
        new SearchConditions(
            goal.tenants(), new CertificateQuery("", goal.filter(), Optional.empty(), 0, 1), now);
    goal.profile().ifPresent(it -> conditions.add("profile = :profile", "profile", it.value()));
    goal.authority()
        .ifPresent(it -> conditions.add("authority = :authority", "authority", it.value()));
    goal.keyKind()
        .ifPresent(it -> conditions.add("key_kind = :kind", "kind", Patterns.storable(it)));
    String sql =
        """
        with goal as materialized (
          select authority, serial, tenant, profile, subject_id, not_before, not_after
          from certificate where subject_id is not null and %s),
        last as (
          select distinct on (subject_id, tenant, profile) * from goal
          order by subject_id, tenant, profile, not_after desc, authority, serial)
        select c.*, %s is not null as done from last c
        order by not_after, authority, serial limit :most
        """
            .formatted(conditions.all(), FOLLOWED);
    return jdbi.withHandle(
        handle ->
            bound(conditions.bindTo(handle.createQuery(sql)), goal)
                .bind("now", now)
                .bind("most", atMost)
                .map((row, _) -> CampaignRows.candidate(row))
                .list());
  }

  private static Query bound(Query query, Goal goal) {
    return query
        .bind("authority", goal.authority().map(AuthorityName::value).orElse(null))
        .bind("kind", goal.keyKind().map(Patterns::storable).orElse(null))
        .bind("before", goal.endsBefore().orElse(null));
  }

  @Override
  public int replace(
      Transaction transaction, Campaign campaign, List<Candidate> some, Instant now) {
    if (some.isEmpty()) {
      return 0;
    }
    return handleOf(transaction)
        .createUpdate(REPLACE)
        .bind("authority", campaign.goal().authority().map(AuthorityName::value).orElse(null))
        .bind("kind", campaign.goal().keyKind().map(Patterns::storable).orElse(null))
        .bind("before", campaign.goal().endsBefore().orElse(null))
        .bind("campaign", campaign.id())
        .bind("now", now)
        .bindArray(
            "authorities", String.class, some.stream().map(it -> it.authority().value()).toList())
        .bindArray("serials", String.class, some.stream().map(it -> it.serial().toHex()).toList())
        .execute();
  }

  @Override
  public int add(Transaction transaction, UUID campaign, List<Candidate> some) {
    if (some.isEmpty()) {
      return 0;
    }
    Handle handle = handleOf(transaction);
    long before = size(handle, campaign);
    int number =
        handle
            .createQuery(
                "select coalesce(max(number), 0) from campaign_item where campaign = :campaign")
            .bind("campaign", campaign)
            .mapTo(Integer.class)
            .one();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into campaign_item (campaign, number, authority, serial, tenant, profile)
            values (:campaign, :number, :authority, :serial, :tenant, :profile)
            on conflict (campaign, authority, serial) do nothing
            """);
    for (Candidate one : some) {
      number++;
      batch
          .bind("campaign", campaign)
          .bind("number", number)
          .bind("authority", one.authority().value())
          .bind("serial", one.serial().toHex())
          .bind("tenant", one.tenant().value())
          .bind("profile", one.profile().value())
          .add();
    }
    batch.execute();
    return Math.toIntExact(size(handle, campaign) - before);
  }

  @Override
  public long size(UUID campaign) {
    return jdbi.withHandle(handle -> size(handle, campaign));
  }

  private static long size(Handle handle, UUID campaign) {
    return handle
        .createQuery("select count(*) from campaign_item where campaign = :campaign")
        .bind("campaign", campaign)
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Progress progress(Campaign campaign, View view, ZoneId zone) {
    return jdbi.withHandle(
        handle ->
            new Progress(
                parts(handle, campaign, view),
                letters(handle, campaign, view),
                renewals(handle, campaign, view, zone),
                view.now()));
  }

  private static List<Progress.Part> parts(Handle handle, Campaign campaign, View view) {
    return bound(
            handle.createQuery(
                ITEMS
                    + """
                    select tenant, profile, standing, count(*) as count from standing
                    group by 1, 2, 3 order by 1, 2, 3
                    """),
            campaign,
            view)
        .map(
            (row, _) ->
                new Progress.Part(
                    new TenantId(row.getString("tenant")),
                    new ProfileName(row.getString("profile")),
                    Standing.valueOf(row.getString("standing")),
                    row.getLong("count")))
        .list();
  }

  private static Progress.Letters letters(Handle handle, Campaign campaign, View view) {
    return bound(
            handle.createQuery(
                ITEMS
                    + """
                    select count(*) filter (where written_at is not null) as first,
                      count(*) filter (where reminded > 0) as reminded,
                      count(*) filter (where troubled) as troubled
                    from standing
                    """),
            campaign,
            view)
        .map(
            (row, _) ->
                new Progress.Letters(
                    row.getLong("first"), row.getLong("reminded"), row.getLong("troubled")))
        .one();
  }

  private static SortedMap<LocalDate, Long> renewals(
      Handle handle, Campaign campaign, View view, ZoneId zone) {
    return bound(
            handle.createQuery(
                ITEMS
                    + """
                    select (followed at time zone :zone)::date as day, count(*) as count
                    from standing where followed is not null group by 1
                    """),
            campaign,
            view)
        .bind("zone", zone.getId())
        .map((row, _) -> new Day(row.getObject("day", LocalDate.class), row.getLong("count")))
        .collect(Collectors.toMap(Day::day, Day::count, Long::sum, TreeMap::new));
  }

  private record Day(LocalDate day, long count) {}

  @Override
  public List<CampaignItem> items(
      Campaign campaign, View view, Set<Standing> standings, int offset, int atMost) {
    return jdbi.withHandle(
        handle ->
            bound(
                    handle.createQuery(
                        ITEMS
                            + """
                            select * from standing where standing = any(:standings)
                            order by number offset :offset limit :most
                            """),
                    campaign,
                    view)
                .bindArray("standings", String.class, standings.stream().map(Enum::name).toList())
                .bind("offset", offset)
                .bind("most", atMost)
                .map((row, _) -> CampaignRows.item(row))
                .list());
  }

  @Override
  public List<CampaignItem> unwritten(
      Campaign campaign, View view, Instant triedBefore, int atMost) {
    return jdbi.withHandle(
        handle ->
            bound(
                    handle.createQuery(
                        ITEMS
                            + """
                            select * from standing where standing = 'WAITING'
                              or standing = 'UNREACHABLE' and unreachable_at < :tried
                            order by standing desc, number limit :most
                            """),
                    campaign,
                    view)
                .bind("tried", triedBefore)
                .bind("most", atMost)
                .map((row, _) -> CampaignRows.item(row))
                .list());
  }

  @Override
  public List<CampaignItem> unreminded(
      Campaign campaign, View view, int stage, Instant before, int atMost) {
    return jdbi.withHandle(
        handle ->
            bound(
                    handle.createQuery(
                        ITEMS
                            + """
                            select * from standing where standing in ('WRITTEN', 'REMINDED')
                              and reminders < :stage and last_letter_at < :last
                            order by number limit :most
                            """),
                    campaign,
                    view)
                .bind("stage", stage)
                .bind("last", before)
                .bind("most", atMost)
                .map((row, _) -> CampaignRows.item(row))
                .list());
  }

  private static Query bound(Query query, Campaign campaign, View view) {
    return bound(query, campaign.goal())
        .bind("campaign", campaign.id())
        .bind("now", view.now())
        .bindArray("tenants", String.class, CampaignRows.names(view.tenants()))
        .bindArray(
            "machines", String.class, view.machines().stream().map(ProfileName::value).toList());
  }

  @Override
  public int lettersSince(Transaction transaction, UUID campaign, Instant since) {
    return handleOf(transaction)
        .createQuery(
            """
            select count(*) from campaign_item
            where campaign = :campaign and last_letter_at >= :since
            """)
        .bind("campaign", campaign)
        .bind("since", since)
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public boolean written(Transaction transaction, UUID campaign, int number, Instant now) {
    return handleOf(transaction)
            .execute(
                """
                update campaign_item set written_at = ?, last_letter_at = ?, unreachable_at = null
                where campaign = ? and number = ? and written_at is null
                """,
                now,
                now,
                campaign,
                number)
        == 1;
  }

  @Override
  public int reminded(
      Transaction transaction, UUID campaign, int number, int stage, Instant last, Instant now) {
    return handleOf(transaction)
        .createQuery(
            """
            update campaign_item
            set reminders = :stage, reminded = reminded + 1, last_letter_at = :now
            where campaign = :campaign and number = :number and reminders < :stage
              and last_letter_at < :last
            returning reminded
            """)
        .bind("stage", stage)
        .bind("now", now)
        .bind("campaign", campaign)
        .bind("number", number)
        .bind("last", last)
        .mapTo(Integer.class)
        .findOne()
        .orElse(0);
  }

  @Override
  public void putBack(Transaction transaction, UUID campaign, int stage) {
    handleOf(transaction)
        .execute(
            "update campaign_item set reminders = ? where campaign = ? and reminders > ?",
            stage,
            campaign,
            stage);
  }

  @Override
  public void unreachable(Transaction transaction, UUID campaign, int number, Instant now) {
    handleOf(transaction)
        .execute(
            """
            update campaign_item set unreachable_at = ?
            where campaign = ? and number = ? and written_at is null
            """,
            now,
            campaign,
            number);
  }

  @Override
  public int forget(Instant before) {
    return jdbi.withHandle(
        handle ->
            handle.execute(
                """
                delete from campaign where moved_at < ? and state in ('draft', 'ended', 'done')
                """,
                before));
  }

  /** Whether letters about a certificate still have a reason; of none, whether it isn't over. */
  static boolean isAskedFor(
      Handle handle, UUID campaign, Optional<Predecessor> certificate, Instant now) {
    Optional<Campaign> found = campaign(handle, campaign, "").filter(one -> !one.state().isOver());
    return found.isPresent()
        && certificate.map(one -> isLeft(handle, found.get().goal(), one, now)).orElse(true);
  }

  private static boolean isLeft(Handle handle, Goal goal, Predecessor certificate, Instant now) {
    return bound(
            handle.createQuery(
                "select true from certificate c where c.authority = :of and c.serial = :serial"
                    + " and c.state <> 'revoked' and c.not_after >= :now and "
                    + FOLLOWED
                    + " is null"),
            goal)
        .bind("of", certificate.authority().value())
        .bind("serial", certificate.serial().toHex())
        .bind("now", now)
        .mapTo(Boolean.class)
        .findOne()
        .isPresent();
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
