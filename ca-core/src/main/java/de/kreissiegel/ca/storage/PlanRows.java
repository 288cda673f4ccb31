package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.lifecycle.Brake;
import de.kreissiegel.ca.lifecycle.Effect;
import de.kreissiegel.ca.lifecycle.Explanation;
import de.kreissiegel.ca.lifecycle.HeldPlan;
import de.kreissiegel.ca.lifecycle.Occasion;
import de.kreissiegel.ca.lifecycle.PlanItem;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Rows of plans, to and fro. */
final class PlanRows {
  /** The columns that {@link #bind} binds. */
  static final String GIVEN = "directory subject_id tenant kind lost cause name drastic seen_at";

  /** Whether somebody has applied on occasion {@code o}. */
  static final String HEEDED =
      """
      exists (
        select from request r
        where r.subject_id = o.subject_id and r.tenant = o.tenant and r.profile = o.profile
          and r.submitted_at >= o.made_at and r.state not in ('refused', 'withdrawn', 'expired'))
      """;

  private PlanRows() {}

  static void bind(Rows rows, List<PlanItem> items) throws SQLException {
    rows.texts(items, item -> item.directory().value())
        .texts(items, item -> item.subject().value())
        .texts(items, item -> item.tenant().value())
        .texts(items, item -> item.kind().name())
        .lists(
            items,
            item -> item.lost().stream().map(TenantId::value).sorted().toArray(String[]::new))
        .texts(items, item -> Patterns.storable(item.cause()))
        .texts(items, item -> Patterns.storable(item.name()))
        .truths(items, PlanItem::drastic)
        .times(items, PlanItem::seenAt);
  }

  static PlanItem item(ResultSet row) throws SQLException {
    return new PlanItem(
        row.getLong("id"),
        new DirectoryName(row.getString("directory")),
        new SubjectId(row.getString("subject_id")),
        new TenantId(row.getString("tenant")),
        Change.Kind.valueOf(row.getString("kind")),
        JdbcRoster.list(row, "lost").stream().map(TenantId::new).collect(Collectors.toSet()),
        row.getString("cause"),
        Optional.ofNullable(row.getString("name")).orElse(""),
        row.getBoolean("drastic"),
        row.getTimestamp("seen_at").toInstant());
  }

  /** The open plans of these tenants, the oldest first. */
  static List<HeldPlan> plans(Handle handle, Set<TenantId> tenants) {
    return handle
        .createQuery(
            """
            select * from plan where closed_at is null and tenant = any(:tenants)
            order by opened_at, tenant
            """)
        .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
        .map((row, _) -> plan(handle, row))
        .list();
  }

  /** An open plan, locked to the end of the transaction. */
  static Optional<HeldPlan> locked(Handle handle, UUID id) {
    return handle
        .createQuery("select * from plan where closed_at is null and id = :id for update")
        .bind("id", id)
        .map((row, _) -> plan(handle, row))
        .findOne();
  }

  private static HeldPlan plan(Handle handle, ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    int revision = row.getInt("revision");
    return new HeldPlan(
        id,
        new TenantId(row.getString("tenant")),
        new Brake.Stop(
            Brake.Reason.valueOf(row.getString("why")),
            row.getInt("leaving"),
            row.getInt("allowed")),
        revision,
        row.getTimestamp("opened_at").toInstant(),
        handle
            .createQuery(
                "select officer from plan_consent where plan = :id and revision = :revision order by at")
            .bind("id", id)
            .bind("revision", revision)
            .mapTo(String.class)
            .list(),
        handle
            .createQuery("select * from plan_item where plan = :id and state = 'held' order by id")
            .bind("id", id)
            .map((item, _) -> item(item))
            .list());
  }

  static <S extends SqlStatement<S>> S bound(Effect effect, S statement) {
    return statement
        .bind("item", effect.item())
        .bind("authority", effect.authority().value())
        .bind("serial", effect.serial().toHex());
  }

  static Effect effect(ResultSet row) throws SQLException {
    return new Effect(
        row.getLong("item"),
        new AuthorityName(row.getString("authority")),
        SerialNumber.fromHex(row.getString("serial")),
        Effect.Act.valueOf(row.getString("act")),
        RevocationReason.ofName(row.getString("reason")),
        time(row.getTimestamp("due_at")),
        row.getBoolean("ours"));
  }

  /** What was to follow has, once the effect is settled. */
  static Explanation explanation(ResultSet row) throws SQLException {
    boolean open = row.getTimestamp("settled_at") == null;
    return new Explanation(
        Change.Kind.valueOf(row.getString("kind")),
        row.getTimestamp("seen_at").toInstant(),
        open ? Effect.Act.valueOf(row.getString("act")) : Effect.Act.REVOKED,
        open ? time(row.getTimestamp("due_at")) : Optional.empty());
  }

  static Occasion occasion(ResultSet row) throws SQLException {
    return new Occasion(
        new SubjectId(row.getString("subject_id")),
        new TenantId(row.getString("tenant")),
        new ProfileName(row.getString("profile")),
        Change.Kind.valueOf(row.getString("cause")),
        row.getTimestamp("made_at").toInstant(),
        row.getTimestamp("asked_at") != null);
  }

  static List<String> values(Collection<SubjectId> ids) {
    return ids.stream().map(SubjectId::value).toList();
  }

  private static Optional<Instant> time(@Nullable Timestamp time) {
    return Optional.ofNullable(time).map(Timestamp::toInstant);
  }
}
