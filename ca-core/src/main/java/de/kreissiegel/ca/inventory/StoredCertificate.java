package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * An issued certificate.
 *
 * @param authority who issued it
 * @param serial its serial number; with {@code authority} its identity
 * @param encoded the certificate, DER
 * @param profile by which it was made
 * @param profileVersion the version of it; 0 where nobody knows
 * @param tenant whose it is; empty for the system's own
 * @param subject whom it names; empty for the system's own
 * @param subjectName subject DN (RFC 4514)
 * @param alternativeNames subjectAltName entries as {@code dns:…}, {@code mail:…}, {@code uri:…},
 *     separated by a space
 * @param request the application that it answers; empty for certificates made in a ceremony
 * @param notBefore start of its validity
 * @param notAfter end of its validity, inclusive (RFC 5280 §4.1.2.5)
 * @param status what became of it
 * @param journalIndex where the vault's journal holds it
 */
public record StoredCertificate(
    AuthorityName authority,
    SerialNumber serial,
    Bytes encoded,
    ProfileName profile,
    int profileVersion,
    Optional<TenantId> tenant,
    Optional<SubjectId> subject,
    String subjectName,
    String alternativeNames,
    Optional<RequestId> request,
    Instant notBefore,
    Instant notAfter,
    CertificateStatus status,
    long journalIndex) {
  private static final int DIGEST = 32;

  /**
   * Whether its retention has ended: {@code encoded} is then the SHA-256 of what it was, no
   * certificate is as short, and whom it named is gone.
   */
  public boolean isErased() {
    return encoded.length() == DIGEST && subjectName.isEmpty();
  }

  /** The same with another status. */
  public StoredCertificate withStatus(CertificateStatus newStatus) {
    return new StoredCertificate(
        authority,
        serial,
        encoded,
        profile,
        profileVersion,
        tenant,
        subject,
        subjectName,
        alternativeNames,
        request,
        notBefore,
        notAfter,
        newStatus,
        journalIndex);
  }

  /** The same, apart from any application. */
  public StoredCertificate withoutRequest() {
    return new StoredCertificate(
        authority,
        serial,
        encoded,
        profile,
        profileVersion,
        tenant,
        subject,
        subjectName,
        alternativeNames,
        Optional.empty(),
        notBefore,
        notAfter,
        status,
        journalIndex);
  }

  /** Whether its validity is over (RFC 5280 §4.1.2.5: {@code notAfter} itself still counts). */
  public boolean isExpired(Instant now) {
    return now.isAfter(notAfter);
  }

  /** How the audit trail names it. */
  public String auditName() {
    return "certificate:" + authority + "/" + serial;
  }
}
