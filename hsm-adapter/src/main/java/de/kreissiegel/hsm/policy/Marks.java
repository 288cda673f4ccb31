package de.kreissiegel.hsm.policy;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By what a certificate is told to be of a kind. Whoever asks can't choose the kind by any other
 * word: what relying parties see decides which rules hold.
 *
 * @param authority whether basicConstraints says cA
 * @param selfIssued whether it bears the issuer's own name; none: either
 * @param keyUsages the keyUsage is exactly one of these sets; empty: any, or none at all
 * @param extendedKeyUsages the extKeyUsage is exactly this set, as object identifiers in dotted
 *     form; none: any; an empty set: the extension is missing
 * @param policies the certificatePolicies are exactly this set, as {@code extendedKeyUsages}
 * @param organizations the subject's only organizationName is one of these; empty: any
 */
public record Marks(
    boolean authority,
    Optional<Boolean> selfIssued,
    Set<Set<KeyUsageFlag>> keyUsages,
    Optional<Set<String>> extendedKeyUsages,
    Optional<Set<String>> policies,
    Set<String> organizations) {
  public Marks {
    keyUsages = keyUsages.stream().map(Set::copyOf).collect(Collectors.toUnmodifiableSet());
    extendedKeyUsages = extendedKeyUsages.map(Set::copyOf);
    policies = policies.map(Set::copyOf);
    organizations = Set.copyOf(organizations);
  }

  /** An end entity, whatever it is for. */
  public static Marks endEntity() {
    return of(false);
  }

  /** An authority. */
  public static Marks ofAuthority() {
    return of(true);
  }

  private static Marks of(boolean authority) {
    return new Marks(
        authority, Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), Set.of());
  }

  /** These, and of exactly one of these key usages. */
  public Marks withKeyUsages(Set<Set<KeyUsageFlag>> usages) {
    return new Marks(authority, selfIssued, usages, extendedKeyUsages, policies, organizations);
  }

  /** These, and of exactly these extended key usages, as object identifiers in dotted form. */
  public Marks withExtendedKeyUsages(Set<String> usages) {
    return new Marks(
        authority, selfIssued, keyUsages, Optional.of(usages), policies, organizations);
  }

  /** These, and of exactly these certificate policies, as object identifiers in dotted form. */
  public Marks withPolicies(Set<String> identifiers) {
    return new Marks(
        authority,
        selfIssued,
        keyUsages,
        extendedKeyUsages,
        Optional.of(identifiers),
        organizations);
  }

  /** These, and of one of these organisations. */
  public Marks withOrganizations(Set<String> names) {
    return new Marks(authority, selfIssued, keyUsages, extendedKeyUsages, policies, names);
  }

  /** These, and under the issuer's own name, or not. */
  public Marks withSelfIssued(boolean own) {
    return new Marks(
        authority, Optional.of(own), keyUsages, extendedKeyUsages, policies, organizations);
  }

  boolean match(CertificateFacts facts) {
    return authority == facts.authority()
        && (selfIssued.isEmpty() || selfIssued.get() == facts.selfIssued())
        && (keyUsages.isEmpty() || keyUsageMatches(facts))
        && (extendedKeyUsages.isEmpty()
            || extendedKeyUsages.get().equals(facts.extendedKeyUsages()))
        && (policies.isEmpty() || policies.get().equals(facts.policies()))
        && (organizations.isEmpty()
            || facts.organization().filter(organizations::contains).isPresent());
  }

  private boolean keyUsageMatches(CertificateFacts facts) {
    for (Set<KeyUsageFlag> usage : keyUsages) {
      if (KeyUsageFlag.mask(usage) == facts.keyUsage()) {
        return true;
      }
    }
    return false;
  }

  /** Whether all that these others match is matched by these, too. */
  boolean cover(Marks others) {
    return authority == others.authority
        && (selfIssued.isEmpty() || selfIssued.equals(others.selfIssued))
        && (keyUsages.isEmpty()
            || (!others.keyUsages.isEmpty() && keyUsages.containsAll(others.keyUsages)))
        && (extendedKeyUsages.isEmpty() || extendedKeyUsages.equals(others.extendedKeyUsages))
        && (policies.isEmpty() || policies.equals(others.policies))
        && (organizations.isEmpty()
            || (!others.organizations.isEmpty()
                && organizations.containsAll(others.organizations)));
  }
}
