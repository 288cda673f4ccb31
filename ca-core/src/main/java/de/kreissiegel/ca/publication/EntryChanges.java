package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.Purpose;
import de.kreissiegel.ca.publication.OutboxQueue.Errand;
import de.kreissiegel.ca.publication.OutboxQueue.Target;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What entries shall have, by what the authority knows now. */
final class EntryChanges {
  private final CertificateBook certificates;
  private final ProfileCatalog profiles;
  private final AuthorityCatalog authorities;
  private final Clock clock;

  EntryChanges(
      CertificateBook certificates,
      ProfileCatalog profiles,
      AuthorityCatalog authorities,
      Clock clock) {
    this.certificates = certificates;
    this.profiles = profiles;
    this.authorities = authorities;
    this.clock = clock;
  }

  /**
   * What shall become of one certificate in an entry.
   *
   * @param errands all that are done with it
   * @param changes none if nothing is to be done
   * @param published the certificate, if it shall be there
   */
  record Wish(
      SubjectId subject,
      List<Errand> errands,
      List<ValueChange> changes,
      Optional<StoredCertificate> published) {}

  /** One for each certificate: of several errands about it the last one counts. */
  List<Wish> of(List<Errand> ofSubject, PublicationRules rules) {
    Map<Target, List<Errand>> byCertificate = new LinkedHashMap<>();
    for (Errand errand : ofSubject) {
      byCertificate.computeIfAbsent(errand.target(), _ -> new ArrayList<>()).add(errand);
    }
    return byCertificate.values().stream().map(errands -> wish(errands, rules)).toList();
  }

  private Wish wish(List<Errand> errands, PublicationRules rules) {
    Target target = errands.getFirst().target();
    StoredCertificate certificate =
        certificates.find(target.authority(), target.serial()).orElseThrow();
    if (certificate.isErased()) {
      // Nobody knows its octets any more; it was taken out when it expired.
      return new Wish(target.subject(), errands, List.of(), Optional.empty());
    }
    boolean present =
        errands.getLast().task() == Outbox.Task.PUBLISH
            && isPublished(certificate)
            && !(certificate.status() instanceof CertificateStatus.Revoked)
            && !certificate.isExpired(clock.instant());
    return new Wish(
        target.subject(),
        errands,
        values(certificate, present, rules),
        present ? Optional.of(certificate) : Optional.empty());
  }

  /** By its profile as it is now; of one that is no more, whoever enqueued it knew. */
  private boolean isPublished(StoredCertificate certificate) {
    return profiles.find(certificate.profile()).map(CertificateProfile::published).orElse(true);
  }

  private List<ValueChange> values(
      StoredCertificate certificate, boolean present, PublicationRules rules) {
    Bytes encoded = certificate.encoded();
    ValueChange plain = ValueChange.ofCertificate(encoded, present);
    if (!present) {
      // Also where messages aren't wanted: they may have been, once.
      return List.of(plain, ValueChange.withoutMessage(encoded));
    }
    return rules.smimeMessages() && isForEncryption(certificate)
        ? List.of(plain, ValueChange.ofMessage(encoded, chain(certificate.authority())))
        : List.of(plain);
  }

  private boolean isForEncryption(StoredCertificate certificate) {
    return profiles
        .find(certificate.profile())
        .map(CertificateProfile::purpose)
        .filter(Purpose.ENCRYPTION::equals)
        .isPresent();
  }

  private List<Bytes> chain(AuthorityName name) {
    Optional<Authority> authority = authorities.find(name);
    List<Bytes> chain = new ArrayList<>();
    authority.ifPresent(
        issuer -> {
          chain.add(issuer.certificate());
          chain.addAll(issuer.chain());
        });
    return chain;
  }

  /** What was in these holders' entries before: older ones of the same profile and names. */
  List<Target> supersededBy(Collection<StoredCertificate> published) {
    List<Target> superseded = new ArrayList<>();
    for (StoredCertificate newer : published) {
      SubjectId holder = newer.subject().orElseThrow();
      certificates.ofSubjects(List.of(holder)).stream()
          .filter(older -> isSuperseded(older, newer))
          .map(older -> new Target(holder, older.authority(), older.serial()))
          .forEach(superseded::add);
    }
    return superseded;
  }

  private boolean isSuperseded(StoredCertificate older, StoredCertificate newer) {
    return older.notBefore().isBefore(newer.notBefore())
        && older.subject().equals(newer.subject())
        && older.profile().equals(newer.profile())
        && older.tenant().equals(newer.tenant())
        && older.alternativeNames().equals(newer.alternativeNames())
        && !(older.status() instanceof CertificateStatus.Revoked)
        && !older.isExpired(clock.instant());
  }
}
