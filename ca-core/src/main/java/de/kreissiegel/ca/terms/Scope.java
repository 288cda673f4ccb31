package de.kreissiegel.ca.terms;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Collections;
import java.util.Set;

/**
 * For what terms hold. Terms that name tenants go before those that don't, and of the same those
 * that name kinds of certificates.
 *
 * @param profiles kinds of certificates; empty for all
 * @param tenants empty for all
 */
record Scope(Set<ProfileName> profiles, Set<TenantId> tenants) {
  Scope {
    profiles = Set.copyOf(profiles);
    tenants = Set.copyOf(tenants);
  }

  boolean covers(ProfileName profile, TenantId tenant) {
    return (profiles.isEmpty() || profiles.contains(profile))
        && (tenants.isEmpty() || tenants.contains(tenant));
  }

  /** The higher goes before. */
  int rank() {
    return (tenants.isEmpty() ? 0 : 2) + (profiles.isEmpty() ? 0 : 1);
  }

  /** Whether both could hold for the same, and neither goes before. */
  boolean competesWith(Scope other) {
    return rank() == other.rank() && meet(profiles, other.profiles) && meet(tenants, other.tenants);
  }

  private static boolean meet(Set<?> some, Set<?> others) {
    return some.isEmpty() || others.isEmpty() || !Collections.disjoint(some, others);
  }
}
