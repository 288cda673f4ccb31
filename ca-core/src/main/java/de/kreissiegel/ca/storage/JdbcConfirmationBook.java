package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.identity.ConfirmationBook;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Who has to be confirmed again, by PostgreSQL. */
public final class JdbcConfirmationBook implements ConfirmationBook {
  /** A check that rests on the one before confirms nobody. */
  private static final String CHECKED =
      """
      (select max(k.checked_on) from person_check k
        where k.subject_id = %s and k.kind not in ('unchanged', 'device-record'))
      """;

  private final Jdbi jdbi;

  public JdbcConfirmationBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<Found> due(Map<ProfileName, Period> rules, Whom whom, LocalDate by, Instant now) {
    List<Map.Entry<ProfileName, Period>> all = List.copyOf(rules.entrySet());
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select held.subject_id, held.tenant, held.checked,
                      (coalesce(held.checked, held.since) + held.months * interval '1 month')::date as due,
                      coalesce((select r.subject_name from request r
                        where r.subject_id = held.subject_id
                        order by r.submitted_at desc limit 1), held.subject_id) as name
                    from (
                      select c.subject_id, c.tenant, min(rule.months) as months,
                        (min(c.not_before) at time zone 'UTC')::date as since,
                    """
                        + CHECKED.formatted("c.subject_id")
                        + """
                             as checked
                          from certificate c
                          join unnest(:profiles, :months) as rule (profile, months)
                            on rule.profile = c.profile
                          where c.state = 'good' and c.not_after > :now and c.tenant is not null
                            and c.subject_id is not null
                            and (:all or c.tenant = any(:tenants))
                            and (:subject is null or c.subject_id = :subject)
                            and exists (select from request r
                              where r.id = c.request_id and r.subject_kind = 'PERSON'
                                and r.subject_id = c.subject_id)
                          group by c.subject_id, c.tenant) held
                        where (coalesce(held.checked, held.since) + held.months * interval '1 month')::date
                          <= :by
                          and not (:unreminded and exists (select from person_reminder told
                            where told.subject_id = held.subject_id and told.tenant = held.tenant
                              and told.due_on = (coalesce(held.checked, held.since)
                                + held.months * interval '1 month')::date))
                        order by due, name limit
                        """
                        + MOST)
                .bindArray(
                    "profiles",
                    String.class,
                    all.stream().map(one -> one.getKey().value()).toList())
                .bindArray(
                    "months",
                    Integer.class,
                    all.stream().map(one -> (int) one.getValue().toTotalMonths()).toList())
                .bind("now", now)
                .bind("all", whom.tenants().isEmpty())
                .bindBySqlType(
                    "subject", whom.subject().map(SubjectId::value).orElse(null), Types.VARCHAR)
                .bind("unreminded", whom.unreminded())
                .bindArray(
                    "tenants",
                    String.class,
                    whom.tenants().orElse(List.of()).stream().map(TenantId::value).toList())
                .bind("by", by)
                .map(
                    (row, _) ->
                        new Found(
                            new SubjectId(row.getString("subject_id")),
                            row.getString("name"),
                            new TenantId(row.getString("tenant")),
                            Optional.ofNullable(row.getObject("checked", LocalDate.class)),
                            row.getObject("due", LocalDate.class)))
                .list());
  }

  @Override
  public boolean isCheckedTooLongAgo(SubjectId subject, Period rule, LocalDate on) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select coalesce((
                    """
                        + CHECKED.formatted(":subject")
                        + """
                           + :months * interval '1 month')::date < :on, false)
                        """)
                .bind("subject", subject.value())
                .bind("months", (int) rule.toTotalMonths())
                .bind("on", on)
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public boolean remind(
      Transaction transaction, SubjectId subject, TenantId tenant, LocalDate due) {
    return handleOf(transaction)
            .execute(
                """
                insert into person_reminder (subject_id, tenant, due_on) values (?, ?, ?)
                on conflict do nothing
                """,
                subject.value(),
                tenant.value(),
                due)
        == 1;
  }
}
