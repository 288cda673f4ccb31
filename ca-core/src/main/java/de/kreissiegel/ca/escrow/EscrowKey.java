package de.kreissiegel.ca.escrow;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;

/**
 * The vault's key to which wrapping keys are encrypted.
 *
 * @param id its name in the vault
 * @param publicKey SubjectPublicKeyInfo of an RSA key, DER
 * @param octets how long what is encrypted to it is
 */
public record EscrowKey(KeyId id, Bytes publicKey, int octets) {
  /** SHA-256 of the public key, as the ceremony's record has it. */
  public Bytes fingerprint() {
    return publicKey.sha256();
  }
}
