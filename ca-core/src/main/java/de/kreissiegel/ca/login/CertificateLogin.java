package de.kreissiegel.ca.login;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.login.LoginTrail.Door;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Logs people in by a certificate of this house. It counts if it is in the book to the octet, its
 * profile opens offices, it is neither expired nor revoked nor held now, and names a person whom
 * the directory knows now.
 */
public final class CertificateLogin {
  /** Who issues under which name: several, where an authority has had several keys. */
  private final Map<X500Name, List<AuthorityName>> issuers;

  private final ProfileCatalog profiles;
  private final CertificateBook book;
  private final StaffLogin staff;
  private final LoginTrail trail;
  private final Clock clock;

  public CertificateLogin(
      AuthorityCatalog authorities,
      ProfileCatalog profiles,
      CertificateBook book,
      StaffLogin staff,
      LoginTrail trail,
      Clock clock) {
    this.issuers =
        authorities.all().stream()
            .collect(groupingBy(CertificateLogin::subject, mapping(Authority::name, toList())));
    this.profiles = profiles;
    this.book = book;
    this.staff = staff;
    this.trail = trail;
    this.clock = clock;
  }

  /** What becomes of a certificate that somebody has proved to have the key of. */
  public sealed interface Outcome {
    /** This is its holder, proven by {@link Proof#CERTIFICATE}. */
    record Known(Actor.Person person) implements Outcome {}

    /** It opens nothing. */
    record Turned(Why why) implements Outcome {}
  }

  /** Why a certificate opens nothing. */
  public enum Why {
    /** This house didn't issue it, or nobody can read it. */
    NOT_OURS,
    /** It was made for something else, or for no person. */
    NOT_FOR_LOG_IN,
    /** Its time is over, or hasn't begun. */
    EXPIRED,
    /** It is revoked or held. */
    REVOKED,
    /** The directory knows its holder no longer, or has disabled them. */
    PERSON_GONE
  }

  /**
   * Whose it is now, for a session that began with it.
   *
   * @param certificate DER; that its key was there is proved
   */
  public Outcome identify(Bytes certificate) throws DirectoryUnavailable {
    Optional<StoredCertificate> stored = find(certificate);
    return stored.isEmpty() ? new Outcome.Turned(Why.NOT_OURS) : identify(stored.get());
  }

  /** The same at the beginning of a session, or with a request; the audit trail tells of it. */
  public Outcome logIn(Door door, Bytes certificate) throws DirectoryUnavailable {
    Optional<StoredCertificate> stored = find(certificate);
    Outcome outcome = stored.isEmpty() ? new Outcome.Turned(Why.NOT_OURS) : identify(stored.get());
    Optional<TenantId> tenant = stored.flatMap(StoredCertificate::tenant);
    String object = stored.map(StoredCertificate::auditName).orElse("certificate");
    switch (outcome) {
      case Outcome.Known(Actor.Person person) ->
          trail.succeeded(door, person, tenant, object, "proof=certificate");
      case Outcome.Turned(Why why) -> trail.refused(tenant, object, "proof=certificate why=" + why);
    }
    return outcome;
  }

  private Outcome identify(StoredCertificate certificate) throws DirectoryUnavailable {
    if (certificate.subject().isEmpty() || !opensOffices(certificate)) {
      return new Outcome.Turned(Why.NOT_FOR_LOG_IN);
    }
    if (!(certificate.status() instanceof CertificateStatus.Good)) {
      return new Outcome.Turned(Why.REVOKED);
    }
    var now = clock.instant();
    if (certificate.notBefore().isAfter(now) || certificate.isExpired(now)) {
      return new Outcome.Turned(Why.EXPIRED);
    }
    return staff
        .current(certificate.subject().get())
        .<Outcome>map(person -> new Outcome.Known(person.provenBy(Proof.CERTIFICATE)))
        .orElseGet(() -> new Outcome.Turned(Why.PERSON_GONE));
  }

  /** By its profile as it is now: one that was taken away opens nothing any more. */
  private boolean opensOffices(StoredCertificate certificate) {
    return profiles
        .find(certificate.profile())
        .filter(CertificateProfile::opensOffices)
        .isPresent();
  }

  /** By issuer and serial number, and then by all of its octets. */
  private Optional<StoredCertificate> find(Bytes encoded) {
    try {
      var certificate = new X509CertificateHolder(encoded.toArray());
      var serial = new SerialNumber(certificate.getSerialNumber());
      return issuers.getOrDefault(certificate.getIssuer(), List.of()).stream()
          .flatMap(authority -> book.find(authority, serial).stream())
          .filter(one -> one.encoded().equals(encoded))
          .findFirst();
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static X500Name subject(Authority authority) {
    try {
      return new X509CertificateHolder(authority.certificate().toArray()).getSubject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("an authority whose certificate can't be read", impossible);
    }
  }
}
