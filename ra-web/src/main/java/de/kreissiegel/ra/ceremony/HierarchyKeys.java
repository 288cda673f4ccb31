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

  private final Vault vault;
  private final Map<KeyId, KeyAlgorithm> algorithms;
  private final Map<KeyId, Shelf> shelves;

  /**
   * A token other than the software token.
   *
   * @param token as the vault was made with it
   * @param pin the token's; the caller wipes it
   */
  public record Shelf(String token, char[] pin) {}

  /**
   * In a vault whose ceremony key is active.
   *
   * @param algorithms of the keys; ECDSA P-384 for authorities and P-256 for others where it says
   *     nothing
   * @param shelves where keys live that aren't on the software token; the root's holds it alone
   */
  public HierarchyKeys(
      Vault vault, Map<KeyId, KeyAlgorithm> algorithms, Map<KeyId, Shelf> shelves) {
    this.vault = vault;
    this.algorithms = Map.copyOf(algorithms);
    this.shelves = Map.copyOf(shelves);
  }

  /**
   * Makes them.
   *
   * @param audit the key that signs the heads of the audit chains
   * @param policies derived from the profiles
   * @param rootPassphrase opens the root's key alone, where it lives on the software token; of a
   *     plan without a root it opens nothing
   */
  public void make(
      HierarchyPlan plan, KeyId audit, KeyPolicies policies, char[] rootPassphrase, Instant now)
      throws VaultUnusable, IOException {
    if (plan.root().isPresent()) {
      makeRoot(
          plan.ownRoot().key(), policies.root(after(now, plan.rootValidity())), rootPassphrase);
    }
    for (HierarchyPlan.IssuingAuthority authority : plan.underRoot()) {
      make(
          authority.key(),
          KeyAlgorithm.ECDSA_P384,
          policies.issuing(authority, after(now, plan.issuingValidity())));
      make(authority.ocspKey(), KeyAlgorithm.ECDSA_P256, KeyPolicy.ocspResponder());
    }
    make(audit, KeyAlgorithm.ECDSA_P256, KeyPolicy.audit());
  }

  /**
   * Makes the key that unwraps escrowed keys.
   *
   * @param officers how many have to sign for each, 2 at least
   */
  public void makeEscrow(KeyId key, KeyPolicies policies, int officers)
      throws VaultUnusable, IOException {
    make(key, KeyAlgorithm.RSA_3072_DECRYPT, policies.escrow(officers));
  }

  private void makeRoot(KeyId key, KeyPolicy policy, char[] passphrase)
      throws VaultUnusable, IOException {
    if (shelves.containsKey(key)) {
      make(key, KeyAlgorithm.ECDSA_P384, policy);
    } else {
      vault.makeKey(
          key,
          algorithms.getOrDefault(key, KeyAlgorithm.ECDSA_P384),
          policy,
          Optional.of(passphrase));
    }
  }

  private void make(KeyId key, KeyAlgorithm usual, KeyPolicy policy)
      throws VaultUnusable, IOException {
    KeyAlgorithm algorithm = algorithms.getOrDefault(key, usual);
    Shelf shelf = shelves.get(key);
    if (shelf == null) {
      vault.makeKey(key, algorithm, policy, Optional.empty());
    } else {
      vault.makeKey(key, algorithm, policy, shelf.token(), shelf.pin());
    }
  }

  private static Instant after(Instant start, Period period) {
    return start.atOffset(ZoneOffset.UTC).plus(period).toInstant().plus(MAKING);
  }
}
