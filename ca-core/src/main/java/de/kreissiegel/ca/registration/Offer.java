package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.grant.Grant;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * Something that a person may apply for.
 *
 * @param profiles the kind; of an order all kinds, the one that offers it first
 * @param subject for whom: themselves, or what they answer for
 * @param tenant on behalf of which tenant
 * @param grant of an officer's certificate: for which grant it is good; empty for one's own office
 */
public record Offer(
    List<CertificateProfile> profiles,
    Subject subject,
    TenantId tenant,
    Optional<Grant.InForce> grant) {
  /** Copied. */
  public Offer {
    profiles = List.copyOf(profiles);
  }

  /** For no grant. */
  public Offer(List<CertificateProfile> profiles, Subject subject, TenantId tenant) {
    this(profiles, subject, tenant, Optional.empty());
  }

  /** Of one kind. */
  public Offer(CertificateProfile profile, Subject subject, TenantId tenant) {
    this(List.of(profile), subject, tenant);
  }

  /** The kind; of an order the one that offers it. */
  public CertificateProfile profile() {
    return profiles.getFirst();
  }

  /** Whether several certificates are applied for as one. */
  public boolean isOrder() {
    return profiles.size() > 1;
  }
}
