package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.token.PublicKeys;
import de.kreissiegel.hsm.token.TokenKey;

/**
 * A key with its policy.
 *
 * @param policyDigest SHA-256 of the policy's file
 */
record GuardedKey(TokenKey key, KeyPolicy policy, Bytes policyDigest) {
  Bytes signatureAlgorithm() {
    return PublicKeys.signatureAlgorithm(key.algorithm());
  }

  VaultKey told(boolean active) {
    return new VaultKey(
        key.id(),
        key.publicKey(),
        signatureAlgorithm(),
        policy.structures(),
        active ? VaultKey.State.ACTIVE : VaultKey.State.LOCKED);
  }
}
