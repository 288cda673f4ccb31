package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
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

/** Where certificates are kept. What has been signed is never lost: nothing here deletes. */
public interface CertificateBook {
  /**
   * Stores a new certificate.
   *
   * @param publicKeyHash SHA-256 of its SubjectPublicKeyInfo
   * @param entryHash the hash of its entry in the vault's journal
   * @return false if it was there already; nothing is changed then
   */
  default boolean insert(
      Transaction transaction,
      StoredCertificate certificate,
      Bytes publicKeyHash,
      Bytes entryHash) {
    return insert(transaction, List.of(new NewCertificate(certificate, publicKeyHash, entryHash)))
        .getFirst();
  }

  /**
   * Stores new certificates, in one round trip.
   *
   * @return for each false if it was there already, in the same order
   */
  List<Boolean> insert(Transaction transaction, List<NewCertificate> certificates);

  /**
   * A certificate to be stored.
   *
   * @param publicKeyHash SHA-256 of its SubjectPublicKeyInfo
   * @param entryHash the hash of its entry in the vault's journal
   */
  record NewCertificate(StoredCertificate certificate, Bytes publicKeyHash, Bytes entryHash) {}

  Optional<StoredCertificate> find(AuthorityName authority, SerialNumber serial);

  /** The same within a transaction, its row locked until the end. */
  Optional<StoredCertificate> lock(
      Transaction transaction, AuthorityName authority, SerialNumber serial);

  /** Notes that relying parties have asked about these; of one within a minute once. */
  void note(List<Inquiry> inquiries);

  /** When a relying party last asked about a certificate. */
  Optional<Inquiry> lastInquiry(AuthorityName authority, SerialNumber serial);

  /** Sets the status of a certificate that {@link #lock} has locked. */
  void setStatus(
      Transaction transaction,
      AuthorityName authority,
      SerialNumber serial,
      CertificateStatus status);

  /** Whether a certificate with this key exists. */
  boolean keyInUse(Bytes publicKeyHash);

  /** All certificates that name one of these subjects, newest first. */
  List<StoredCertificate> ofSubjects(Collection<SubjectId> subjects);

  /** Certificates of these tenants, in the query's order. */
  List<StoredCertificate> search(Set<TenantId> tenants, CertificateQuery query, Instant now);

  /** The same, of those that name one of these subjects. */
  List<StoredCertificate> search(
      Set<TenantId> tenants, Set<SubjectId> subjects, CertificateQuery query, Instant now);

  /** The system's own certificates of a profile that are good and valid at a time, newest first. */
  List<StoredCertificate> ofSystem(String profile, Instant validAt);

  /**
   * Of each holder the good certificate of this profile that ends last, whether it has ended or
   * not. Reads the whole book where the profile has few.
   */
  List<StoredCertificate> lastOfEach(ProfileName profile);

  /**
   * What a CRL of this authority lists: revoked and held certificates that have not expired before
   * this time, in order of serial numbers, one by one.
   */
  void eachRevoked(AuthorityName authority, Instant notExpiredBefore, Consumer<RevokedEntry> each);

  /** A number that grows with each change of status under this authority. */
  long statusVersion(AuthorityName authority);

  /**
   * An entry of a CRL.
   *
   * @param status on hold or revoked
   */
  record RevokedEntry(SerialNumber serial, CertificateStatus status) {}
}
