package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.lifecycle.UseBook;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** What nobody asks about, in PostgreSQL. */
final class JdbcUseBook implements UseBook {
  /** Held ones were put aside by somebody; the system's own are none's to use. */
  private static final String IDLE =
      """
      c.profile = :profile and c.state = 'good' and c.not_before <= :since and c.not_after >= :now
        and c.tenant is not null and c.subject_id is not null and c.erased_at is null
        and not exists (
          select from certificate_inquiry i
          where i.authority = c.authority and i.serial = c.serial and i.asked_at > :since)
      """;

  @Override
  public boolean isAnyAskedAbout(Transaction transaction, ProfileName profile, Instant since) {
    return handleOf(transaction)
        .createQuery(
            """
            select exists (
              select from certificate_inquiry i
                join certificate c on c.authority = i.authority and c.serial = i.serial
              where c.profile = :profile and i.asked_at > :since)
            """)
        .bind("profile", profile.value())
        .bind("since", since)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void forgetWarnings(Transaction transaction, Instant now) {
    handleOf(transaction)
        .createUpdate(
            """
            delete from disuse_warning w using certificate c
            where c.authority = w.authority and c.serial = w.serial and (
              c.state <> 'good' or c.not_after < :now or exists (
                select from certificate_inquiry i
                where i.authority = w.authority and i.serial = w.serial
                  and i.asked_at >= w.warned_at))
            """)
        .bind("now", now)
        .execute();
  }

  @Override
  public List<StoredCertificate> warn(
      Transaction transaction, ProfileName profile, Instant since, Instant now, int most) {
    return bound(
            handleOf(transaction)
                .createQuery(
                    """
                    with warned as (
                      insert into disuse_warning (authority, serial, warned_at)
                      select c.authority, c.serial, :now from certificate c
                      where %s and not exists (
                        select from disuse_warning w
                        where w.authority = c.authority and w.serial = c.serial)
                      limit :most
                      on conflict do nothing
                      returning authority, serial)
                    select c.* from certificate c join warned using (authority, serial)
                    """
                        .formatted(IDLE)),
            profile,
            since)
        .bind("now", now)
        .bind("most", most)
        .map(CertificateRow.MAPPER)
        .list();
  }

  @Override
  public List<StoredCertificate> idle(
      Transaction transaction, Question question, Optional<SubjectId> subject) {
    return bound(
            handleOf(transaction)
                .createQuery(
                    """
                    select c.* from disuse_warning w
                      join certificate c on c.authority = w.authority and c.serial = w.serial
                    where w.warned_at <= :warned and %s %s
                    order by c.authority, c.serial
                    """
                        .formatted(IDLE, subject.isPresent() ? "and c.subject_id = :subject" : "")),
            question.profile(),
            question.since())
        .bind("now", question.now())
        .bind("warned", question.warnedBefore())
        .bindMap(subject.map(id -> Map.of("subject", id.value())).orElse(Map.of()))
        .map(CertificateRow.MAPPER)
        .list();
  }

  private static <S extends SqlStatement<S>> S bound(
      S statement, ProfileName profile, Instant since) {
    return statement.bind("profile", profile.value()).bind("since", since);
  }
}
