package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.storage.JdbcTransaction.handleOf;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.Inquiry;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.KeyKind;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.Certificate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** The certificates in PostgreSQL. */
public final class JdbcCertificateBook implements CertificateBook {
  private static final int FETCH = 2000;

  private static final String COLUMNS =
      """
      authority serial encoded profile profile_version tenant subject_id subject_name
      alternative_names request_id public_key_hash not_before not_after state state_since
      revocation_reason invalidity_date journal_index journal_hash crl_partition
      terms fingerprint fingerprint_sha1 key_identifier key_kind
      """;

  private static final String TERMS = "given.terms::text[]";

  // Lines in their order, so that two nodes can't wait for each other.
  private static final String INSERT =
      """
      with added as (select %2$s from %3$s),
      line as (
        insert into crl_line select distinct authority, crl_partition from added order by 1, 2
        on conflict do nothing)
      insert into certificate (%1$s) select * from added
      on conflict (authority, serial) do nothing
      returning authority || '/' || serial
      """
          .formatted(
              String.join(", ", COLUMNS.strip().split("\\s+")),
              Rows.columns(COLUMNS, Set.of("terms"))
                  .replace(TERMS, "array_to_tsvector(%s) as terms".formatted(TERMS)),
              Rows.given(COLUMNS));

  private final Jdbi jdbi;

  public JdbcCertificateBook(Database database) {
    this.jdbi = database.jdbi();
  }

  @Override
  public List<Boolean> insert(Transaction transaction, List<NewCertificate> certificates) {
    Handle handle = handleOf(transaction);
    // Only the identity may be there already. Another certificate for the same request is a fault
    // and must be heard of, so the other unique index is left to throw.
    Set<String> added =
        Set.copyOf(
            Rows.returned(
                handle, INSERT, rows -> bind(rows, certificates), row -> row.getString(1)));
    List<NewCertificate> news =
        certificates.stream().filter(one -> added.contains(identity(one.certificate()))).toList();
    JdbcKnownKeys.keep(handle, news);
    for (NewCertificate one : news) {
      StoredCertificate certificate = one.certificate();
      if (!(certificate.status() instanceof CertificateStatus.Good)) {
        setStatus(transaction, certificate.authority(), certificate.serial(), certificate.status());
      }
    }
    return certificates.stream().map(one -> added.contains(identity(one.certificate()))).toList();
  }

  private static String identity(StoredCertificate certificate) {
    return certificate.authority() + "/" + certificate.serial();
  }

  /** What columns tell of the certificate's octets, which are read once for all of them. */
  private record Read(int partition, Digests digests, String keyKind) {
    static Read of(StoredCertificate one) {
      Optional<Certificate> read = Digests.read(one.encoded());
      return new Read(
          read.map(certificate -> CrlName.partitionOf(one.authority(), certificate)).orElse(0),
          Digests.of(one.encoded(), read),
          read.map(KeyKind::of).orElse(KeyKind.UNKNOWN));
    }
  }

  private static void bind(Rows rows, List<NewCertificate> added) throws SQLException {
    List<StoredCertificate> all = added.stream().map(NewCertificate::certificate).toList();
    List<Read> read = all.stream().map(Read::of).toList();
    rows.texts(all, one -> one.authority().value())
        .texts(all, one -> one.serial().toHex())
        .octets(all, StoredCertificate::encoded)
        .texts(all, one -> one.profile().value())
        .numbers(all, one -> (long) one.profileVersion())
        .texts(all, one -> one.tenant().map(TenantId::value).orElse(null))
        .texts(all, one -> one.subject().map(SubjectId::value).orElse(null))
        .texts(all, StoredCertificate::subjectName)
        .texts(all, StoredCertificate::alternativeNames)
        .uuids(all, one -> one.request().map(RequestId::value).orElse(null))
        .octets(added, NewCertificate::publicKeyHash)
        .times(all, StoredCertificate::notBefore)
        .times(all, StoredCertificate::notAfter)
        .texts(all, one -> CertificateRow.state(one.status()))
        .times(all, one -> CertificateRow.since(one.status()).orElse(null))
        .numbers(
            all, one -> CertificateRow.reason(one.status()).map(Integer::longValue).orElse(null))
        .times(all, one -> CertificateRow.invalidSince(one.status()).orElse(null))
        .numbers(all, StoredCertificate::journalIndex)
        .octets(added, NewCertificate::entryHash)
        .numbers(read, one -> (long) one.partition())
        .lists(all, one -> SearchTerms.of(one).toArray(String[]::new))
        .octets(read, one -> Bytes.of(one.digests().sha256()))
        .octets(read, one -> Bytes.of(one.digests().sha1()))
        .octets(read, one -> one.digests().keyIdentifier().map(Bytes::of).orElse(null))
        .texts(read, Read::keyKind);
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
                    select * from certificate where subject_id = %s
                    order by not_before desc, authority, serial
                    """
                        .formatted(JdbcPseudonymBook.ANY_WITH_HOLDERS))
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
  public void note(List<Inquiry> inquiries) {
    jdbi.useHandle(handle -> InquiryRows.write(handle, inquiries));
  }

  @Override
  public Optional<Inquiry> lastInquiry(AuthorityName authority, SerialNumber serial) {
    return jdbi.withHandle(handle -> InquiryRows.last(handle, authority, serial));
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
