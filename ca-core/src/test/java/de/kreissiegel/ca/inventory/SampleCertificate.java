package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.storage.JdbcCertificateBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stored certificates for tests of the books, which don't look inside: the octets are no
 * certificate. Each is by default good, of a person in Haßfurt, and valid for a year from {@link
 * #NOW}.
 */
public final class SampleCertificate {
  public static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  public static final AuthorityName PEOPLE = new AuthorityName("people");
  public static final TenantId HASSFURT = new TenantId("stadt-hassfurt.example");
  public static final TenantId EBERN = new TenantId("stadt-ebern.example");

  private static final AtomicLong COUNTER = new AtomicLong();

  private AuthorityName authority = PEOPLE;
  private SerialNumber serial =
      new SerialNumber(
          BigInteger.ONE.shiftLeft(120).add(BigInteger.valueOf(COUNTER.incrementAndGet())));
  private Optional<TenantId> tenant = Optional.of(HASSFURT);
  private Optional<SubjectId> subject = Optional.of(new SubjectId("erika"));
  private String profile = "vpn-person";
  private String subjectName = "CN=Erika Mustermann,O=Stadt Haßfurt,C=DE";
  private String alternativeNames = "mail:erika.mustermann@stadt-hassfurt.example";
  private Optional<RequestId> request = Optional.of(new RequestId(UUID.randomUUID()));
  private Optional<Bytes> encoded = Optional.empty();
  private Instant notBefore = NOW;
  private Instant notAfter = NOW.plus(Duration.ofDays(365));
  private CertificateStatus status = new CertificateStatus.Good();

  public static SampleCertificate sample() {
    return new SampleCertificate();
  }

  public SampleCertificate authority(String name) {
    authority = new AuthorityName(name);
    return this;
  }

  public SampleCertificate serial(String hex) {
    serial = SerialNumber.fromHex(hex);
    return this;
  }

  public SampleCertificate tenant(TenantId id) {
    tenant = Optional.of(id);
    return this;
  }

  public SampleCertificate subject(String id) {
    subject = Optional.of(new SubjectId(id));
    return this;
  }

  /** The system's own: nobody's tenant, nobody's subject. */
  public SampleCertificate ofSystem(String profileName) {
    tenant = Optional.empty();
    subject = Optional.empty();
    profile = profileName;
    return this;
  }

  public SampleCertificate profile(String name) {
    profile = name;
    return this;
  }

  public SampleCertificate encoded(Bytes der) {
    encoded = Optional.of(der);
    return this;
  }

  public SampleCertificate names(String name, String alternatives) {
    subjectName = name;
    alternativeNames = alternatives;
    return this;
  }

  public SampleCertificate request(RequestId id) {
    request = Optional.of(id);
    return this;
  }

  public SampleCertificate valid(Instant from, Instant to) {
    notBefore = from;
    notAfter = to;
    return this;
  }

  public SampleCertificate status(CertificateStatus newStatus) {
    status = newStatus;
    return this;
  }

  public StoredCertificate build() {
    return new StoredCertificate(
        authority,
        serial,
        encoded.orElseGet(() -> Bytes.of(serial.value().toByteArray())),
        new ProfileName(profile),
        1,
        tenant,
        subject,
        subjectName,
        alternativeNames,
        request,
        notBefore,
        notAfter,
        status,
        COUNTER.get());
  }

  /** Builds and stores it. */
  public StoredCertificate storedIn(Transactions transactions, JdbcCertificateBook book) {
    StoredCertificate certificate = build();
    transactions.inTransaction(
        transaction -> book.insert(transaction, certificate, keyHash(certificate), anyHash()));
    return certificate;
  }

  /** A hash that belongs to this certificate alone. */
  public static Bytes keyHash(StoredCertificate certificate) {
    byte[] hash = new byte[32];
    byte[] octets = certificate.serial().value().toByteArray();
    System.arraycopy(octets, 0, hash, 0, octets.length);
    return Bytes.of(hash);
  }

  public static Bytes anyHash() {
    return Bytes.of(new byte[32]);
  }
}
