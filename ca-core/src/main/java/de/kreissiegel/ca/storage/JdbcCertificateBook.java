package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.lint.RsaModuli;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** The certificates in PostgreSQL. */
public final class JdbcCertificateBook implements CertificateBook {
  private static final int FETCH = 2000;

  private final Jdbi jdbi;

  public JdbcCertificateBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public boolean insert(
      Transaction transaction,
      StoredCertificate certificate,
      Bytes publicKeyHash,
      Bytes entryHash) {
    Handle handle = handleOf(transaction);
    Digests digests = Digests.of(certificate.encoded());
    // Only the identity may be there already. Another certificate for the same request is a fault
    // and must be heard of, so the other unique index is left to throw.
    boolean added =
        handle
                .createUpdate(
                    """
                    with line as (
                      insert into crl_line values (:authority, :partition) on conflict do nothing)
                    insert into certificate (authority, serial, encoded, profile, profile_version,
                        tenant, subject_id, subject_name, alternative_names, request_id,
                        public_key_hash, not_before, not_after, state, state_since,
                        revocation_reason, invalidity_date, journal_index, journal_hash,
                        crl_partition, terms, fingerprint, fingerprint_sha1, key_identifier)
                    values (:authority, :serial, :encoded, :profile, :profileVersion,
                        :tenant, :subject, :subjectName, :alternativeNames, :request,
                        :keyHash, :notBefore, :notAfter, :state, :since,
                        :reason, :invalidSince, :journalIndex, :journalHash,
                        :partition, array_to_tsvector(:terms), :fingerprint, :fingerprintSha1,
                        :keyIdentifier)
                    on conflict (authority, serial) do nothing
                    """)
                .bind("authority", certificate.authority().value())
                .bind("serial", certificate.serial().toHex())
                .bind("encoded", certificate.encoded().toArray())
                .bind("profile", certificate.profile().value())
                .bind("profileVersion", certificate.profileVersion())
                .bind("tenant", certificate.tenant().map(TenantId::value))
                .bind("subject", certificate.subject().map(SubjectId::value))
                .bind("subjectName", certificate.subjectName())
                .bind("alternativeNames", certificate.alternativeNames())
                .bind("request", certificate.request().map(RequestId::value))
                .bind("keyHash", publicKeyHash.toArray())
                .bind("notBefore", certificate.notBefore())
                .bind("notAfter", certificate.notAfter())
                .bind("state", CertificateRow.state(certificate.status()))
                .bind("since", CertificateRow.since(certificate.status()))
                .bind("reason", CertificateRow.reason(certificate.status()))
                .bind("invalidSince", CertificateRow.invalidSince(certificate.status()))
                .bind("journalIndex", certificate.journalIndex())
                .bind("journalHash", entryHash.toArray())
                .bind(
                    "partition",
                    CrlName.partitionOf(certificate.authority(), certificate.encoded()))
                .bindArray("terms", String.class, SearchTerms.of(certificate))
                .bind("fingerprint", digests.sha256())
                .bind("fingerprintSha1", digests.sha1())
                .bind("keyIdentifier", digests.keyIdentifier().orElse(null))
                .execute()
            == 1;
    if (added) {
      RsaModuli.of(certificate.encoded())
          .ifPresent(modulus -> JdbcKnownKeys.keep(handle, publicKeyHash, modulus));
    }
    if (added && !(certificate.status() instanceof CertificateStatus.Good)) {
      setStatus(transaction, certificate.authority(), certificate.serial(), certificate.status());
    }
    return added;
  }

  @Override
  public Optional<StoredCertificate> find(AuthorityName authority, SerialNumber serial) {
    return jdbi.withHandle(handle -> one(handle, authority, serial, ""));
  }

  @Override
  public Optional<StoredCertificate> lock(
      Transaction transaction, AuthorityName authority, SerialNumber serial) {
    return one(handleOf(transaction), authority, serial, " for update");
  }

  private static Optional<StoredCertificate> one(
      Handle handle, AuthorityName authority, SerialNumber serial, String lock) {
    return handle
        .createQuery(
            "select * from certificate where authority = :authority and serial = :serial" + lock)
        .bind("authority", authority.value())
        .bind("serial", serial.toHex())
        .map(CertificateRow.MAPPER)
        .findOne();
  }

  @Override
  public void setStatus(
      Transaction transaction,
      AuthorityName authority,
      SerialNumber serial,
      CertificateStatus status) {
    Handle handle = handleOf(transaction);
    long version = raiseStatusVersion(handle, authority, serial);
    int changed =
        handle
            .createUpdate(
                """
                update certificate
                set state = :state, state_since = :since, revocation_reason = :reason,
                    invalidity_date = :invalidSince, status_version = :version
                where authority = :authority and serial = :serial
                """)
            .bind("version", version)
            .bind("state", CertificateRow.state(status))
            .bind("since", CertificateRow.since(status))
            .bind("reason", CertificateRow.reason(status))
            .bind("invalidSince", CertificateRow.invalidSince(status))
            .bind("authority", authority.value())
            .bind("serial", serial.toHex())
            .execute();
    if (changed != 1) {
      throw new IllegalStateException("no certificate " + authority + "/" + serial);
    }
    // The fact, with each change of a status, so here and only here.
    JdbcRevocationBook.insert(handle, authority, serial, status);
  }

  /** Its row stays locked until the commit, so whoever reads a version sees all up to it. */
  private static long raiseStatusVersion(
      Handle handle, AuthorityName authority, SerialNumber serial) {
    return handle
        .createQuery(
            """
            insert into status_version (authority, crl_partition, version)
              select authority, crl_partition, 1 from certificate
              where authority = :authority and serial = :serial
            on conflict (authority, crl_partition)
              do update set version = status_version.version + 1
            returning version
            """)
        .bind("authority", authority.value())
        .bind("serial", serial.toHex())
        .mapTo(Long.class)
        .findOne()
        .orElseThrow(() -> new IllegalStateException("no certificate " + authority + "/" + serial));
  }

  @Override
  public boolean keyInUse(Bytes publicKeyHash) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select exists (select from certificate where public_key_hash = :hash)")
                .bind("hash", publicKeyHash.toArray())
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public List<StoredCertificate> ofSubjects(Collection<SubjectId> subjects) {
    if (subjects.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from certificate where subject_id = any(:subjects)
                    order by not_before desc, authority, serial
                    """)
                .bindArray(
                    "subjects", String.class, subjects.stream().map(SubjectId::value).toList())
                .map(CertificateRow.MAPPER)
                .list());
  }

  @Override
  public List<StoredCertificate> search(
      Set<TenantId> tenants, CertificateQuery query, Instant now) {
    return new CertificateSearch(tenants, Optional.empty(), query, now).in(jdbi);
  }

  @Override
  public List<StoredCertificate> search(
      Set<TenantId> tenants, Set<SubjectId> subjects, CertificateQuery query, Instant now) {
    return new CertificateSearch(tenants, Optional.of(subjects), query, now).in(jdbi);
  }

  @Override
  public List<StoredCertificate> ofSystem(String profile, Instant validAt) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from certificate
                    where tenant is null and profile = :profile and state = 'good'
                      and not_before <= :at and not_after >= :at
                    order by not_before desc, authority, serial
                    """)
                .bind("profile", profile)
                .bind("at", validAt)
                .map(CertificateRow.MAPPER)
                .list());
  }

  @Override
  public List<StoredCertificate> lastOfEach(ProfileName profile) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select distinct on (authority, coalesce(subject_id, alternative_names)) *
                    from certificate
                    where profile = :profile and state = 'good'
                    order by authority, coalesce(subject_id, alternative_names), not_after desc
                    """)
                .bind("profile", profile.value())
                .map(CertificateRow.MAPPER)
                .list());
  }

  @Override
  public Set<SubjectId> subjectsWithValid(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select distinct subject_id from certificate
                    where state <> 'revoked' and subject_id is not null and not_after >= :now
                    """)
                .bind("now", now)
                .mapTo(String.class)
                .map(SubjectId::new)
                .set());
  }

  @Override
  public void eachRevoked(
      AuthorityName authority, Instant notExpiredBefore, Consumer<RevokedEntry> each) {
    // The driver reads in portions only within a transaction.
    jdbi.useTransaction(handle -> revoked(handle, authority, notExpiredBefore).forEach(each));
  }

  private static org.jdbi.v3.core.result.ResultIterable<RevokedEntry> revoked(
      Handle handle, AuthorityName authority, Instant notExpiredBefore) {
    Query query =
        handle
            .createQuery(
                """
                select serial, state, state_since, revocation_reason, invalidity_date
                from certificate
                where authority = :authority and state <> 'good' and not_after >= :after
                order by length(serial), serial collate "C"
                """)
            .bind("authority", authority.value())
            .bind("after", notExpiredBefore)
            .setFetchSize(FETCH);
    return query.map(
        (row, _) ->
            new RevokedEntry(
                SerialNumber.fromHex(row.getString("serial")), CertificateRow.status(row)));
  }

  @Override
  public long statusVersion(AuthorityName authority) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select coalesce(sum(version), 0) from status_version
                    where authority = :authority
                    """)
                .bind("authority", authority.value())
                .mapTo(Long.class)
                .one());
  }
}
