package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.grant.Grant;
import de.kreissiegel.ca.grant.GrantBook;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Grants in PostgreSQL. */
public final class JdbcGrantBook implements GrantBook {
  /** Gives something at {@code :now}. */
  private static final String RUNS =
      """
      ended_at is null and (consented_at is not null or not across)
        and begins_at <= :now and ends_at > :now
      """;

  /** Makes somebody stand in for officers at {@code :now}. */
  static final String HOLDS = "gives = 'office' and " + RUNS;

  private static final String READING = "reading";

  private final Jdbi jdbi;

  public JdbcGrantBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public void insert(Transaction transaction, Grant grant) {
    Grant.Terms terms = grant.terms();
    handleOf(transaction)
        .createUpdate(
            """
            insert into office_grant (id, gives, person, person_name, tenant, across, reason,
              begins_at, ends_at, proposed_by, proposer_name, proposed_at)
            values (:id, :gives, :person, :name, :tenant, :across, :reason, :begins, :ends, :by,
              :byName, :at)
            """)
        .bind("id", terms.id().value())
        .bind("gives", terms.right() == Grant.Right.READ ? READING : "office")
        .bind("person", terms.person().value())
        .bind("name", terms.personName())
        .bind("tenant", terms.tenant().value())
        .bind("across", terms.across())
        .bind("reason", terms.reason())
        .bind("begins", terms.begins())
        .bind("ends", terms.ends())
        .bind("by", terms.proposed().by().value())
        .bind("byName", terms.proposed().name())
        .bind("at", terms.proposed().at())
        .execute();
  }

  @Override
  public Optional<Grant> find(GrantId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from office_grant where id = :id")
                .bind("id", id.value())
                .map((row, _) -> read(row))
                .findOne());
  }

  @Override
  public Optional<Grant> lock(Transaction transaction, GrantId id) {
    return handleOf(transaction)
        .createQuery("select * from office_grant where id = :id for update")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  @Override
  public void change(Transaction transaction, Grant grant) {
    switch (grant) {
      case Grant.Proposed _ -> {}
      case Grant.InForce agreed ->
          agreed.consent().ifPresent(said -> consent(transaction, agreed, said));
      case Grant.Ended ended ->
          handleOf(transaction)
              .execute(
                  """
                  update office_grant set ended_by = ?, ender_name = ?, ended_at = ?, end_reason = ?
                  where id = ?
                  """,
                  ended.end().by().value(),
                  ended.end().name(),
                  ended.end().at(),
                  ended.reason(),
                  ended.id().value());
    }
  }

  private static void consent(Transaction transaction, Grant grant, Grant.Said said) {
    handleOf(transaction)
        .execute(
            """
            update office_grant set consented_by = ?, consenter_name = ?, consented_at = ?
            where id = ?
            """,
            said.by().value(),
            said.name(),
            said.at(),
            grant.id().value());
  }

  @Override
  public List<Grant> known(Set<TenantId> tenants, SubjectId person) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from office_grant where tenant = any(:tenants) or person = :person
                    order by proposed_at desc, id limit 500
                    """)
                .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
                .bind("person", person.value())
                .map((row, _) -> read(row))
                .list());
  }

  @Override
  public List<Grant.InForce> of(SubjectId person, Instant now) {
    return running(person, now, HOLDS);
  }

  @Override
  public List<Grant.InForce> all(SubjectId person, Instant now) {
    return running(person, now, RUNS);
  }

  private List<Grant.InForce> running(SubjectId person, Instant now, String which) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from office_grant where person = :person and "
                        + which
                        + " order by ends_at, id")
                .bind("person", person.value())
                .bind("now", now)
                .map((row, _) -> (Grant.InForce) read(row))
                .list());
  }

  @Override
  public List<Left> leftBehind(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select r.grant_id, c.authority, c.serial
                    from office_grant g join request r on r.grant_id = g.id
                    join certificate c on c.request_id = r.id
                    where g.ended_at is not null and c.state <> 'revoked' and c.not_after > :now
                    """)
                .bind("now", now)
                .map(
                    (row, _) ->
                        new Left(
                            new GrantId(row.getObject("grant_id", UUID.class)),
                            new AuthorityName(row.getString("authority")),
                            SerialNumber.fromHex(row.getString("serial"))))
                .list());
  }

  private static Grant read(ResultSet row) throws SQLException {
    var terms =
        new Grant.Terms(
            new GrantId(row.getObject("id", UUID.class)),
            row.getString("gives").equals(READING) ? Grant.Right.READ : Grant.Right.STAND_IN,
            new SubjectId(row.getString("person")),
            row.getString("person_name"),
            new TenantId(row.getString("tenant")),
            row.getBoolean("across"),
            row.getString("reason"),
            instant(row, "begins_at"),
            instant(row, "ends_at"),
            said(row, "proposed", "proposer"));
    Optional<Grant.Said> consent =
        row.getString("consented_by") == null
            ? Optional.empty()
            : Optional.of(said(row, "consented", "consenter"));
    if (row.getString("ended_by") != null) {
      return new Grant.Ended(
          terms, consent, said(row, "ended", "ender"), row.getString("end_reason"));
    }
    return terms.across() && consent.isEmpty()
        ? new Grant.Proposed(terms)
        : new Grant.InForce(terms, consent);
  }

  private static Grant.Said said(ResultSet row, String done, String who) throws SQLException {
    return new Grant.Said(
        new SubjectId(row.getString(done + "_by")),
        row.getString(who + "_name"),
        instant(row, done + "_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
