package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.CertificationRequest;
import de.kreissiegel.ca.registration.Issuing;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.registration.RequestLedger;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.registration.SystemTenant;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * The system's own certificates: OCSP responders, the web server, the mails it sends. They go the
 * way of all others, but nobody has to approve, and their names come from the configuration.
 */
public final class SystemCertificates {
  private static final String DNS = "dns:";

  private final ProfileCatalog profiles;
  private final CertificateBook certificates;
  private final RequestLedger ledger;
  private final Issuing issuing;
  private final SecureRandom random;

  public SystemCertificates(
      ProfileCatalog profiles,
      CertificateBook certificates,
      RequestLedger ledger,
      Issuing issuing,
      SecureRandom random) {
    this.profiles = profiles;
    this.certificates = certificates;
    this.ledger = ledger;
    this.issuing = issuing;
    this.random = random;
  }

  /**
   * A certificate for a key in the vault, which needs no proof of possession. If there is one for
   * this key and these names that need not be renewed yet, it is that one.
   *
   * @param publicKeyInfo SubjectPublicKeyInfo, DER
   * @param dnsNames the names for subjectAltName; may be none
   * @throws Refused SIGNER_UNAVAILABLE: come again, the same request goes on; UNKNOWN_PROFILE,
   *     BAD_ALG, LINT, REFUSED_BY_VAULT
   */
  public StoredCertificate issue(
      ProfileName profileName, Bytes publicKeyInfo, List<String> dnsNames) throws Refused {
    return issueNamed(
        profileName,
        publicKeyInfo,
        dnsNames.stream().map(name -> DNS + name.toLowerCase(Locale.ROOT)).distinct().toList());
  }

  /**
   * The same for a key that signs the system's mails.
   *
   * @param address where they come from
   * @throws Refused as {@link #issue}
   */
  public StoredCertificate issueForMail(
      ProfileName profileName, Bytes publicKeyInfo, String address) throws Refused {
    return issueNamed(profileName, publicKeyInfo, List.of("mail:" + address));
  }

  private StoredCertificate issueNamed(
      ProfileName profileName, Bytes publicKeyInfo, List<String> names) throws Refused {
    CertificateProfile profile =
        profiles
            .find(profileName)
            .filter(found -> found.ofSystem() && found.approvals() == 0)
            .orElseThrow(
                () ->
                    new Refused(
                        RefusalReason.UNKNOWN_PROFILE, profileName + " is not the system's own"));
    SubjectKey key = SubjectKey.of(publicKeyInfo);
    Optional<StoredCertificate> there = usable(profile, key, names);
    if (there.isPresent()) {
      return there.get();
    }
    CertificateRequest.Content content = content(profile, key, names);
    CertificateRequest request = ledger.openForSystem(actor(profile), content);
    return result(
        request instanceof CertificateRequest.Approved approved
            ? issuing.issue(approved)
            : request);
  }

  /**
   * The same with a PKCS#10 request, for a key outside of the vault. Its names are not heard.
   *
   * @throws Refused as {@link #issue}; BAD_DATA_FORMAT, BAD_POP
   */
  public StoredCertificate issueFor(
      ProfileName profile, Bytes certificationRequest, List<String> dnsNames) throws Refused {
    return issue(
        profile, CertificationRequest.verified(certificationRequest).key().info(), dnsNames);
  }

  private Optional<StoredCertificate> usable(
      CertificateProfile profile, SubjectKey key, List<String> names) {
    Instant now = ledger.now();
    return certificates.ofSystem(profile.name().value(), now).stream()
        .filter(found -> found.notAfter().minus(profile.renewBefore()).isAfter(now))
        .filter(found -> found.alternativeNames().equals(String.join(" ", names)))
        .filter(found -> key.hash().equals(keyHash(found)))
        .findFirst();
  }

  private static Bytes keyHash(StoredCertificate certificate) {
    try {
      return SubjectKey.hash(
          Bytes.of(
              Certificate.getInstance(certificate.encoded().toArray())
                  .getSubjectPublicKeyInfo()
                  .getEncoded("DER")));
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private CertificateRequest.Content content(
      CertificateProfile profile, SubjectKey key, List<String> names) {
    Actor.Component actor = actor(profile);
    String commonName =
        names.isEmpty() || !names.getFirst().startsWith(DNS)
            ? profile.title(Locale.GERMAN)
            : names.getFirst().substring(DNS.length());
    var subject =
        new Subject(
            new SubjectId(actor.auditName()),
            SubjectKind.SERVICE,
            SystemTenant.ID,
            Set.of(SystemTenant.ID),
            commonName,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            "",
            Set.of());
    return new CertificateRequest.Content(
        RequestId.random(random),
        actor.auditName(),
        actor.component(),
        SystemTenant.ID,
        profile.name(),
        subject,
        Optional.empty(),
        key.info(),
        Optional.empty(),
        names,
        "",
        ledger.now());
  }

  private StoredCertificate result(CertificateRequest reached) throws Refused {
    return switch (reached) {
      case CertificateRequest.Issued issued ->
          certificates.find(issued.authority(), issued.serial()).orElseThrow();
      case CertificateRequest.Refused refused ->
          throw new Refused(
              refused.by().equals("vault") ? RefusalReason.REFUSED_BY_VAULT : RefusalReason.LINT,
              refused.reason());
      default ->
          throw new Refused(
              RefusalReason.SIGNER_UNAVAILABLE, "the vault does not answer; it goes on later");
    };
  }

  private static Actor.Component actor(CertificateProfile profile) {
    return new Actor.Component(profile.name().value());
  }
}
