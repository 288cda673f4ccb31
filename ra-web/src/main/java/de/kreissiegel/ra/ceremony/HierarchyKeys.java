package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.KeyPolicies;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** The keys of a hierarchy, each under the policy that its place in it allows. */
public final class HierarchyKeys {
  /** The certificates are made a little later than the policies that limit them. */
  private static final Duration MAKING = Duration.ofDays(1);

  private HierarchyKeys() {}

  /**
   * Makes them; to be called in a ceremony.
   *
   * @param audit the key that signs the heads of the audit chains
   * @param algorithms of the keys; ECDSA P-384 for authorities and P-256 for others where it says
   *     nothing
   * @param policies derived from the profiles
   * @param rootPassphrase opens the root's key alone
   */
  public static void make(
      Vault vault,
      HierarchyPlan plan,
      KeyId audit,
      Map<KeyId, KeyAlgorithm> algorithms,
      KeyPolicies policies,
      char[] rootPassphrase,
      Instant now)
      throws VaultUnusable, IOException {
    vault.makeKey(
        plan.root().key(),
        algorithms.getOrDefault(plan.root().key(), KeyAlgorithm.ECDSA_P384),
        policies.root(after(now, plan.rootValidity())),
        Optional.of(rootPassphrase));
    for (HierarchyPlan.IssuingAuthority authority : plan.issuing()) {
      vault.makeKey(
          authority.key(),
          algorithms.getOrDefault(authority.key(), KeyAlgorithm.ECDSA_P384),
          policies.issuing(authority, after(now, plan.issuingValidity())),
          Optional.empty());
      vault.makeKey(
          authority.ocspKey(),
          algorithms.getOrDefault(authority.ocspKey(), KeyAlgorithm.ECDSA_P256),
          KeyPolicy.ocspResponder(),
          Optional.empty());
    }
    vault.makeKey(
        audit,
        algorithms.getOrDefault(audit, KeyAlgorithm.ECDSA_P256),
        KeyPolicy.audit(),
        Optional.empty());
  }

  private static Instant after(Instant start, Period period) {
    return start.atOffset(ZoneOffset.UTC).plus(period).toInstant().plus(MAKING);
  }
}
