package de.kreissiegel.ca.delivery;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Set;

/**
 * Which certificates a service is for.
 *
 * @param profiles of these kinds; one at least
 * @param tenants of these tenants; of all if empty
 */
public record Scope(Set<ProfileName> profiles, Set<TenantId> tenants) {
  public Scope {
    profiles = Set.copyOf(profiles);
    tenants = Set.copyOf(tenants);
  }

  boolean covers(StoredCertificate certificate) {
    return profiles.contains(certificate.profile())
        && (tenants.isEmpty() || certificate.tenant().filter(tenants::contains).isPresent());
  }
}
