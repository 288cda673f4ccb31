package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.lifecycle.Effect;
import de.kreissiegel.ca.lifecycle.EffectBook;
import de.kreissiegel.ca.lifecycle.Explanation;
import de.kreissiegel.ca.lifecycle.Occasion;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Effects and offers in PostgreSQL. */
public final class JdbcEffectBook implements EffectBook {
  private final Jdbi jdbi;

  public JdbcEffectBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public boolean note(Effect effect, Instant now) {
    return jdbi.withHandle(
        handle ->
            PlanRows.bound(
                        effect,
                        handle.createUpdate(
                            """
                            insert into plan_effect (item, authority, serial, act, reason, due_at,
                              ours, made_at)
                            values (:item, :authority, :serial, :act, :reason, :due, :ours, :now)
                            on conflict do nothing
                            """))
                    .bind("act", effect.act().name())
                    .bind("reason", effect.reason().asn1Name())
                    .bind("due", effect.dueAt().orElse(null))
                    .bind("ours", effect.ours())
                    .bind("now", now)
                    .execute()
                == 1);
  }

  @Override
  public void notOurs(Effect effect) {
    set("ours = false", effect);
  }

  @Override
  public void putOff(Effect effect) {
    set("due_at = null", effect);
  }

  private void set(String what, Effect effect) {
    jdbi.useHandle(
        handle ->
            PlanRows.bound(
                    effect,
                    handle.createUpdate(
                        "update plan_effect set "
                            + what
                            + " where item = :item and authority = :authority and serial = :serial"))
                .execute());
  }

  @Override
  public void settle(Effect effect, boolean followed, Instant now) {
    jdbi.useHandle(
        handle ->
            PlanRows.bound(
                    effect,
                    handle.createUpdate(
                        """
                        update plan_effect set settled_at = :now, followed = :followed
                        where item = :item and authority = :authority and serial = :serial
                          and settled_at is null
                        """))
                .bind("now", now)
                .bind("followed", followed)
                .execute());
  }

  @Override
  public List<DueEffect> dueEffects(Instant now, int without, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select i.*, e.* from plan_effect e join plan_item i on i.id = e.item
                    where e.settled_at is null and e.due_at <= :now
                    order by e.due_at, e.item, e.serial offset :without limit :most
                    """)
                .bind("now", now)
                .bind("without", without)
                .bind("most", most)
                .map((row, _) -> new DueEffect(PlanRows.effect(row), PlanRows.item(row)))
                .list());
  }

  @Override
  public List<Effect> openEffects(SubjectId subject, Set<Change.Kind> kinds) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select e.* from plan_effect e join plan_item i on i.id = e.item
                    where i.subject_id = :subject and i.kind = any(:kinds) and e.settled_at is null
                    order by e.item
                    """)
                .bind("subject", subject.value())
                .bindArray("kinds", String.class, kinds.stream().map(Enum::name).toList())
                .map((row, _) -> PlanRows.effect(row))
                .list());
  }

  @Override
  public Optional<Explanation> explain(AuthorityName authority, SerialNumber serial) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select i.kind, i.seen_at, e.act, e.due_at, e.settled_at
                    from plan_effect e join plan_item i on i.id = e.item
                    where e.authority = :authority and e.serial = :serial
                      and (e.settled_at is null or e.followed)
                    order by e.made_at desc, e.item desc limit 1
                    """)
                .bind("authority", authority.value())
                .bind("serial", serial.toHex())
                .map((row, _) -> PlanRows.explanation(row))
                .findOne());
  }

  @Override
  public void note(Transaction transaction, Occasion occasion) {
    JdbcTransaction.handleOf(transaction)
        .createUpdate(
            """
            insert into occasion (subject_id, tenant, profile, cause, made_at, asked_at, asked)
            values (:subject, :tenant, :profile, :cause, :at,
              case when :expected then cast(:at as timestamptz) end, :expected::int)
            on conflict (subject_id, tenant, profile)
            do update set made_at = excluded.made_at, asked_at = excluded.asked_at,
              asked = excluded.asked,
              cause = case occasion.cause when 'MOVED' then 'MOVED' else excluded.cause end
            """)
        .bind("subject", occasion.subject().value())
        .bind("tenant", occasion.tenant().value())
        .bind("profile", occasion.profile().value())
        .bind("cause", occasion.because().name())
        .bind("at", occasion.madeAt())
        .bind("expected", occasion.expected())
        .execute();
  }

  @Override
  public void withdrawOccasions(SubjectId subject) {
    jdbi.useHandle(
        handle -> handle.execute("delete from occasion where subject_id = ?", subject.value()));
  }

  @Override
  public List<Occasion> occasions(Collection<SubjectId> subjects) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from occasion o
                    where subject_id = any(:ids) and not %s
                    order by made_at, profile
                    """
                        .formatted(PlanRows.HEEDED))
                .bindArray("ids", String.class, PlanRows.values(subjects))
                .map((row, _) -> PlanRows.occasion(row))
                .list());
  }
}
