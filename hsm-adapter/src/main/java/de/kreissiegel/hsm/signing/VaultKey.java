package de.kreissiegel.hsm.signing;

import java.util.Set;

/**
 * What the vault tells of one of its keys.
 *
 * @param id its name
 * @param publicKey SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), DER
 * @param signatureAlgorithm AlgorithmIdentifier that goes into what it signs, DER
 * @param structures what its policy lets it sign
 * @param state whether it can be used now
 */
public record VaultKey(
    KeyId id,
    Bytes publicKey,
    Bytes signatureAlgorithm,
    Set<SignedStructure> structures,
    State state) {
  public VaultKey {
    structures = Set.copyOf(structures);
  }

  /** Whether a key can be used now. */
  public enum State {
    /** It signs. */
    ACTIVE,
    /** It is there, but its passphrase has not been given; the root between two ceremonies. */
    LOCKED
  }
}
