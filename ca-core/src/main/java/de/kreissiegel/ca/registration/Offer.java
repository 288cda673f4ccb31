package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;

/**
 * Something that a person may apply for.
 *
 * @param profiles the kind; of an order all kinds, the one that offers it first
 * @param subject for whom: themselves, or what they answer for
 * @param tenant on behalf of which tenant
 */
public record Offer(List<CertificateProfile> profiles, Subject subject, TenantId tenant) {
  /** Copied. */
  public Offer {
    profiles = List.copyOf(profiles);
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
