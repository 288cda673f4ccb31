package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.escrow.Decision;
import de.kreissiegel.ca.escrow.DecisionBook;
import de.kreissiegel.ca.escrow.DecisionId;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Tenants' decisions on escrow in PostgreSQL. */
final class JdbcDecisionBook implements DecisionBook {
  private final Jdbi jdbi;

  JdbcDecisionBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public boolean insert(Transaction transaction, Decision decision) {
    Decision.Terms terms = decision.terms();
    return handleOf(transaction)
            .createUpdate(
                """
                insert into escrow_decision (id, tenant, profiles, reason, officers, keep_years,
                  proposed_by, proposer_name, proposed_at)
                values (:id, :tenant, :profiles, :reason, :officers, :years, :by, :byName, :at)
                on conflict (tenant) where ended_at is null do nothing
                """)
            .bind("id", terms.id().value())
            .bind("tenant", terms.tenant().value())
            .bindArray(
                "profiles",
                String.class,
                terms.profiles().stream().map(ProfileName::value).sorted().toList())
            .bind("reason", terms.reason())
            .bind("officers", terms.officers())
            .bind("years", terms.keepYears())
            .bind("by", terms.proposed().by().value())
            .bind("byName", terms.proposed().name())
            .bind("at", terms.proposed().at())
            .execute()
        == 1;
  }

  @Override
  public Optional<Decision> lock(Transaction transaction, DecisionId id) {
    return handleOf(transaction)
        .createQuery("select * from escrow_decision where id = :id for update")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  @Override
  public void change(Transaction transaction, Decision decision) {
    switch (decision) {
      case Decision.Proposed _ -> {
        // As it was inserted.
      }
      case Decision.InForce agreed ->
          handleOf(transaction)
              .execute(
                  """
                  update escrow_decision
                  set consented_by = ?, consenter_name = ?, consented_at = ? where id = ?
                  """,
                  agreed.consent().by().value(),
                  agreed.consent().name(),
                  agreed.consent().at(),
                  agreed.id().value());
      case Decision.Ended ended ->
          handleOf(transaction)
              .execute(
                  """
                  update escrow_decision
                  set ended_by = ?, ender_name = ?, ended_at = ?, end_reason = ? where id = ?
                  """,
                  ended.end().by().value(),
                  ended.end().name(),
                  ended.end().at(),
                  ended.reason(),
                  ended.id().value());
    }
  }

  @Override
  public Optional<Decision.InForce> inForce(TenantId tenant) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from escrow_decision
                    where tenant = :tenant and ended_at is null and consented_at is not null
                    """)
                .bind("tenant", tenant.value())
                .map((row, _) -> (Decision.InForce) read(row))
                .findOne());
  }

  @Override
  public Optional<Decision> lastConsented(TenantId tenant) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from escrow_decision
                    where tenant = :tenant and consented_at is not null
                    order by consented_at desc limit 1
                    """)
                .bind("tenant", tenant.value())
                .map((row, _) -> read(row))
                .findOne());
  }

  @Override
  public List<Decision> known(Set<TenantId> tenants) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from escrow_decision where tenant = any(:tenants)
                    order by proposed_at desc, id limit 500
                    """)
                .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
                .map((row, _) -> read(row))
                .list());
  }

  private static Decision read(ResultSet row) throws SQLException {
    var terms =
        new Decision.Terms(
            new DecisionId(row.getObject("id", UUID.class)),
            new TenantId(row.getString("tenant")),
            Arrays.stream((String[]) row.getArray("profiles").getArray())
                .map(ProfileName::new)
                .collect(Collectors.toSet()),
            row.getString("reason"),
            row.getInt("officers"),
            row.getInt("keep_years"),
            said(row, "proposed", "proposer"));
    Optional<Said> consent =
        row.getString("consented_by") == null
            ? Optional.empty()
            : Optional.of(said(row, "consented", "consenter"));
    if (row.getString("ended_by") != null) {
      return new Decision.Ended(
          terms, consent, said(row, "ended", "ender"), row.getString("end_reason"));
    }
    return consent
        .<Decision>map(said -> new Decision.InForce(terms, said))
        .orElseGet(() -> new Decision.Proposed(terms));
  }

  static Said said(ResultSet row, String done, String who) throws SQLException {
    return new Said(
        new SubjectId(row.getString(done + "_by")),
        row.getString(who + "_name"),
        row.getObject(done + "_at", OffsetDateTime.class).toInstant());
  }
}
