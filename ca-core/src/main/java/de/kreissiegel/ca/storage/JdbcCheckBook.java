package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.identity.CheckBook;
import de.kreissiegel.ca.identity.CheckRecord;
import de.kreissiegel.ca.identity.IdentityCheck;
import de.kreissiegel.ca.profile.CheckKind;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Checks of people in PostgreSQL. */
public final class JdbcCheckBook implements CheckBook {
  private final Jdbi jdbi;

  public JdbcCheckBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void add(Transaction transaction, CheckRecord check) {
    handleOf(transaction)
        .createUpdate(
            """
            insert into person_check
              (subject_id, tenant, kind, checked_on, officer, officer_name, at, request_id)
            values (:subject, :tenant, :kind, :day, :officer, :name, :at, :request)
            """)
        .bind("subject", check.subject().value())
        .bind("tenant", check.tenant().value())
        .bind("kind", check.check().kind().configName())
        .bind("day", check.check().on())
        .bind("officer", check.officer().value())
        .bind("name", check.officerName())
        .bind("at", check.at())
        .bind("request", check.request())
        .execute();
  }

  @Override
  public List<CheckRecord> of(Collection<SubjectId> subjects) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from person_check where subject_id = any(:subjects)
                    order by at desc, id desc
                    """)
                .bindArray(
                    "subjects", String.class, subjects.stream().map(SubjectId::value).toList())
                .map((row, _) -> read(row))
                .list());
  }

  private static CheckRecord read(ResultSet row) throws SQLException {
    return new CheckRecord(
        new SubjectId(row.getString("subject_id")),
        new TenantId(row.getString("tenant")),
        new IdentityCheck(
            CheckKind.ofConfigName(row.getString("kind")).orElseThrow(),
            row.getObject("checked_on", LocalDate.class)),
        new SubjectId(row.getString("officer")),
        row.getString("officer_name"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("request_id", UUID.class)));
  }
}
