package de.kreissiegel.ca.path;

import de.kreissiegel.ca.policyset.PolicySet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How it is to be looked at.
 *
 * @param policySet the rules beyond RFC 5280
 * @param purpose what the certificate is to be used for; empty: not looked at
 * @param names whom it has to name, each of them
 * @param initialPolicies user-initial-policy-set (RFC 5280 §6.1.1 (c)), object identifiers in
 *     dotted form; empty: any policy
 * @param explicitPolicy initial-explicit-policy (§6.1.1 (f))
 * @param inhibitMapping initial-policy-mapping-inhibit (§6.1.1 (e))
 * @param inhibitAny initial-any-policy-inhibit (§6.1.1 (g))
 * @param statusRequired whether a path whose status nobody told is invalid; where CRLs are given,
 *     status is looked at in any case
 */
public record PathOptions(
    PolicySet policySet,
    Optional<PathPurpose> purpose,
    List<ExpectedName> names,
    Set<String> initialPolicies,
    boolean explicitPolicy,
    boolean inhibitMapping,
    boolean inhibitAny,
    boolean statusRequired) {
  public PathOptions {
    names = List.copyOf(names);
    initialPolicies = Set.copyOf(initialPolicies);
  }

  /** No purpose, no names, any policy; status is required under the BSI's sets. */
  public static PathOptions under(PolicySet policySet) {
    return new PathOptions(
        policySet, Optional.empty(), List.of(), Set.of(), false, false, false, policySet.isBsi());
  }

  /** The same, for this purpose. */
  public PathOptions to(PathPurpose wanted) {
    return new PathOptions(
        policySet,
        Optional.of(wanted),
        names,
        initialPolicies,
        explicitPolicy,
        inhibitMapping,
        inhibitAny,
        statusRequired);
  }

  /** The same, for a holder with all these names. */
  public PathOptions naming(ExpectedName... wanted) {
    return new PathOptions(
        policySet,
        purpose,
        List.of(wanted),
        initialPolicies,
        explicitPolicy,
        inhibitMapping,
        inhibitAny,
        statusRequired);
  }

  /** The same, but good without a word about its status. */
  public PathOptions withoutStatus() {
    return new PathOptions(
        policySet,
        purpose,
        names,
        initialPolicies,
        explicitPolicy,
        inhibitMapping,
        inhibitAny,
        false);
  }
}
