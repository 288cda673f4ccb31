package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.DirectoryRules;
import de.kreissiegel.ca.profile.DirectoryRules.Disuse;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.Reaction;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which certificates a change concerns, and what their profiles say of it. */
final class Consequences {
  private final ProfileCatalog profiles;
  private final SubjectKinds kinds;

  Consequences(ProfileCatalog profiles, SubjectKinds kinds) {
    this.profiles = profiles;
    this.kinds = kinds;
  }

  /**
   * What follows for one certificate.
   *
   * @param reason of the revocation, if one follows
   */
  record Consequence(StoredCertificate certificate, Reaction reaction, RevocationReason reason) {}

  /**
   * @param certificates of the subject
   * @param lost whose certificates it concerns, of a mover and of what is unused
   * @param seenAt what was issued later is made of what the directory said then
   */
  List<Consequence> of(
      Change.Kind kind,
      Collection<StoredCertificate> certificates,
      Set<TenantId> lost,
      Instant seenAt,
      Instant now) {
    return certificates.stream()
        .filter(one -> !(one.status() instanceof CertificateStatus.Revoked))
        .filter(one -> !one.isExpired(now))
        .filter(one -> concerns(kind, one, lost, seenAt))
        .map(one -> new Consequence(one, reaction(kind, one), reason(kind, one)))
        .toList();
  }

  private static boolean concerns(
      Change.Kind kind, StoredCertificate certificate, Set<TenantId> lost, Instant seenAt) {
    return switch (kind) {
      case LEFT, AWAY -> true;
      case MOVED, UNUSED -> certificate.tenant().filter(lost::contains).isPresent();
      case RENAMED, KEY_HOLDER_LEFT -> !certificate.notBefore().isAfter(seenAt);
      case JOINED, FOUND, RETURNED, INVITED -> false;
    };
  }

  private Reaction reaction(Change.Kind kind, StoredCertificate certificate) {
    DirectoryRules rules =
        profile(certificate).map(CertificateProfile::directory).orElse(DirectoryRules.DEFAULT);
    return switch (kind) {
      case LEFT -> rules.left();
      case AWAY -> rules.away();
      case MOVED -> rules.moved();
      case RENAMED ->
          // What stands in it is a pseudonym.
          profile(certificate).filter(CertificateProfile::pseudonymous).isPresent()
              ? new Reaction.Keep()
              : rules.renamed();
      case KEY_HOLDER_LEFT -> rules.keyHolderLeft();
      case UNUSED -> rules.unused().map(Disuse::reaction).orElseGet(Reaction.Keep::new);
      case JOINED, FOUND, RETURNED, INVITED -> new Reaction.Keep();
    };
  }

  private Optional<CertificateProfile> profile(StoredCertificate certificate) {
    return profiles.find(certificate.profile());
  }

  private RevocationReason reason(Change.Kind kind, StoredCertificate certificate) {
    return switch (kind) {
      case KEY_HOLDER_LEFT -> RevocationReason.SUPERSEDED;
      case UNUSED -> RevocationReason.CESSATION_OF_OPERATION;
      case JOINED, FOUND, RETURNED, INVITED, LEFT, AWAY, MOVED, RENAMED ->
          switch (kindOf(certificate.request())) {
            case PERSON -> RevocationReason.AFFILIATION_CHANGED;
            case FUNCTION, DEVICE, SERVICE -> RevocationReason.CESSATION_OF_OPERATION;
          };
    };
  }

  private SubjectKind kindOf(Optional<RequestId> request) {
    return request.flatMap(kinds::ofRequest).orElse(SubjectKind.PERSON);
  }
}
