package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.escrow.CopyBook;
import de.kreissiegel.ca.escrow.DecisionId;
import de.kreissiegel.ca.escrow.EscrowCopy;
import de.kreissiegel.ca.escrow.Escrowed;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Escrowed copies in PostgreSQL. */
final class JdbcCopyBook implements CopyBook {
  /** All but what is wrapped. */
  private static final String COPY =
      "e.key_hash, e.tenant, e.profile, e.depositor, e.made_by, e.decision, e.vault_key,"
          + " e.wrapping_hash, e.deposited_at, e.keep_years";

  /** A copy counts for a certificate of its own kind and tenant, and for no other. */
  private static final String WITH_CERTIFICATE =
      "select "
          + COPY
          + """
          , c.authority, c.serial, c.subject_id, c.subject_name, c.not_before, c.not_after
          from escrow_copy e join certificate c
            on c.public_key_hash = e.key_hash and c.profile = e.profile and c.tenant = e.tenant
          where e.erased_at is null and c.subject_id is not null
          """;

  private final Jdbi jdbi;

  JdbcCopyBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public boolean put(Transaction transaction, EscrowCopy copy, Bytes wrapped, Bytes wrappingKey) {
    boolean fresh =
        handleOf(transaction)
                .createUpdate(
                    """
                    insert into escrow_copy (key_hash, tenant, profile, depositor, made_by, decision,
                      vault_key, wrapped, wrapping_hash, deposited_at, keep_years)
                    values (:hash, :tenant, :profile, :depositor, :maker, :decision, :vaultKey,
                      :wrapped, :wrappingHash, :at, :years)
                    on conflict (key_hash) do nothing
                    """)
                .bind("hash", copy.keyHash().toArray())
                .bind("tenant", copy.tenant().value())
                .bind("profile", copy.profile().value())
                .bind("depositor", copy.depositor().value())
                .bind("maker", copy.maker().name())
                .bind("decision", copy.decision().value())
                .bind("vaultKey", copy.vaultKey().value())
                .bind("wrapped", wrapped.toArray())
                .bind("wrappingHash", copy.wrappingHash().toArray())
                .bind("at", copy.depositedAt())
                .bind("years", copy.keepYears())
                .execute()
            == 1;
    if (fresh) {
      handleOf(transaction)
          .execute(
              "insert into escrow_wrapping (key_hash, encrypted) values (?, ?)",
              copy.keyHash().toArray(),
              wrappingKey.toArray());
    }
    return fresh;
  }

  @Override
  public Optional<Bytes> wrapped(Bytes keyHash) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select wrapped from escrow_copy where key_hash = :hash and erased_at is null")
                .bind("hash", keyHash.toArray())
                .map((row, _) -> Bytes.of(row.getBytes("wrapped")))
                .findOne());
  }

  @Override
  public List<Escrowed> ofOwners(Collection<SubjectId> owners) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    WITH_CERTIFICATE
                        + " and c.subject_id = any(:owners) order by c.not_before desc, c.serial")
                .bindArray("owners", String.class, owners.stream().map(SubjectId::value).toList())
                .map((row, _) -> escrowed(row))
                .list());
  }

  @Override
  public List<Escrowed> ofTenants(Set<TenantId> tenants, String text, int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    WITH_CERTIFICATE
                        + """
                         and e.tenant = any(:tenants)
                         and position(lower(:text) in lower(c.subject_name || ' ' || c.alternative_names)) > 0
                        order by c.not_before desc, c.serial limit :most
                        """)
                .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
                .bind("text", Patterns.storable(text))
                .bind("most", atMost)
                .map((row, _) -> escrowed(row))
                .list());
  }

  @Override
  public List<Kept> kept(Set<TenantId> tenants) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select tenant, count(*) as n from escrow_copy
                    where erased_at is null and tenant = any(:tenants) group by tenant order by tenant
                    """)
                .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
                .map((row, _) -> new Kept(new TenantId(row.getString("tenant")), row.getLong("n")))
                .list());
  }

  @Override
  public List<Due> due(Transaction transaction, Instant now, Instant orphanedBefore, int atMost) {
    return handleOf(transaction)
        .createQuery(
            "select "
                + COPY
                + """
                , case
                    when c.serial is null then 'unused'
                    when c.profile <> e.profile or c.tenant is distinct from e.tenant then 'other-kind'
                    else 'retention' end as why
                from escrow_copy e left join certificate c on c.public_key_hash = e.key_hash
                where e.erased_at is null and (
                  c.serial is not null and (
                    c.profile <> e.profile or c.tenant is distinct from e.tenant
                    or c.not_after + make_interval(years => e.keep_years) < :now)
                  or c.serial is null and e.deposited_at < :orphaned and not exists (
                    select from request r where r.public_key_hash = e.key_hash
                      and r.state in ('submitted', 'awaiting', 'approved')))
                order by e.key_hash limit :most for update of e skip locked
                """)
        .bind("now", now)
        .bind("orphaned", orphanedBefore)
        .bind("most", atMost)
        .map((row, _) -> new Due(copy(row), row.getString("why")))
        .list();
  }

  @Override
  public void erase(Transaction transaction, Bytes keyHash, String why, Instant now) {
    handleOf(transaction)
        .execute("delete from escrow_wrapping where key_hash = ?", keyHash.toArray());
    handleOf(transaction)
        .execute(
            "update escrow_copy set wrapped = null, erased_at = ?, erased_why = ? where key_hash = ?",
            now,
            why,
            keyHash.toArray());
  }

  private static Escrowed escrowed(ResultSet row) throws SQLException {
    return new Escrowed(
        copy(row),
        new AuthorityName(row.getString("authority")),
        SerialNumber.fromHex(row.getString("serial")),
        new SubjectId(row.getString("subject_id")),
        row.getString("subject_name"),
        instant(row, "not_before"),
        instant(row, "not_after"));
  }

  private static EscrowCopy copy(ResultSet row) throws SQLException {
    return new EscrowCopy(
        Bytes.of(row.getBytes("key_hash")),
        new TenantId(row.getString("tenant")),
        new ProfileName(row.getString("profile")),
        new SubjectId(row.getString("depositor")),
        EscrowCopy.Maker.valueOf(row.getString("made_by")),
        new DecisionId(row.getObject("decision", UUID.class)),
        new KeyId(row.getString("vault_key")),
        Bytes.of(row.getBytes("wrapping_hash")),
        instant(row, "deposited_at"),
        row.getInt("keep_years"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
