package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.policy.KeyFacts;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.token.PublicKeys;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import java.time.Duration;
import java.util.Set;

/**
 * A key with its policy.
 *
 * @param keyHash as an OCSP responder is named by it; computed once, not for each signature
 * @param token where it lives
 * @param policyDigest SHA-256 of the policy's file
 */
record GuardedKey(TokenKey key, Bytes keyHash, Token token, KeyPolicy policy, Bytes policyDigest) {
  /** No certificate is of a kind without a name, so none makes an officer. */
  private static final OfficerRules NOBODY = new OfficerRules("", Set.of(), Duration.ZERO);

  /** The same, with the hash computed. */
  GuardedKey(TokenKey key, Token token, KeyPolicy policy, Bytes policyDigest) {
    this(key, KeyFacts.keyHash(key.publicKey()), token, policy, policyDigest);
  }

  Bytes signatureAlgorithm() {
    return PublicKeys.signatureAlgorithm(key.algorithm());
  }

  /** Who approves its certificates; of a policy that names none, nobody. */
  OfficerRules officers() {
    return policy.officers().orElse(NOBODY);
  }

  VaultKey told() {
    return new VaultKey(
        key.id(),
        key.publicKey(),
        signatureAlgorithm(),
        policy.structures(),
        token.isActive(key.id()) ? VaultKey.State.ACTIVE : VaultKey.State.LOCKED);
  }
}
