package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Set;

/**
 * What somebody proposes that a tenant decides; nothing of it was checked.
 *
 * @param reason in words, 1 to 500 characters
 * @param officers how many have to sign before a key is given out
 * @param keepYears for how many years after its certificate's end a copy is kept
 */
public record DecisionProposal(
    TenantId tenant, Set<ProfileName> profiles, String reason, int officers, int keepYears) {
  public DecisionProposal {
    profiles = Set.copyOf(profiles);
  }
}
