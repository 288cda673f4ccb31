package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.review.ReviewBook;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.Standing;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** What PostgreSQL has of a subject. */
public final class JdbcReviewBook implements ReviewBook {
  private final Jdbi jdbi;

  public JdbcReviewBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<CertificateRequest> requests(SubjectId subject, Set<TenantId> tenants) {
    return jdbi.withHandle(
        handle ->
            RequestRow.select(
                handle,
                """
                where subject_id = :subject and tenant = any(:tenants)
                order by submitted_at desc, id limit 50
                """,
                Map.of(
                    "subject",
                    subject.value(),
                    "tenants",
                    tenants.stream().map(TenantId::value).toArray(String[]::new))));
  }

  @Override
  public Optional<Standing> standing(SubjectId subject) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select standing from roster where subject_id = :subject")
                .bind("subject", subject.value())
                .mapTo(String.class)
                .map(Standing::valueOf)
                .findOne());
  }

  @Override
  public Set<Change.Kind> pending(SubjectId subject) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select distinct kind from plan_item
                    where subject_id = :subject and settled_at is null
                      and state in ('gathered', 'held', 'due')
                    """)
                .bind("subject", subject.value())
                .mapTo(String.class)
                .map(Change.Kind::valueOf)
                .set());
  }

  @Override
  public Optional<Instant> joined(SubjectId subject) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select made_at from occasion where subject_id = :subject and cause = 'JOINED'
                    order by made_at desc limit 1
                    """)
                .bind("subject", subject.value())
                .mapTo(OffsetDateTime.class)
                .map(OffsetDateTime::toInstant)
                .findOne());
  }

  @Override
  public boolean isNewMailDomain(TenantId tenant, String domain) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (select from request where tenant = :tenant and state = 'issued'
                                     and subject_mail is not null)
                       and not exists (select from request where tenant = :tenant and state = 'issued'
                                         and lower(split_part(subject_mail, '@', 2)) = :domain)
                    """)
                .bind("tenant", tenant.value())
                .bind("domain", domain)
                .mapTo(Boolean.class)
                .one());
  }
}
