package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.token.PublicKeys;
import java.util.Optional;

/**
 * Whether a signature is a key's, by the provider that the vault itself verifies with: for the NIST
 * curves several times faster than the JDK's own.
 */
public final class KeyProof {
  private KeyProof() {}

  /**
   * Verifies an ECDSA signature by the hash that goes with the curve.
   *
   * @param signatureAlgorithm AlgorithmIdentifier, DER
   * @param publicKey SubjectPublicKeyInfo, DER
   * @param signed the octets
   * @param signature as it stands in X.509 (RFC 3279 §2.2.3); a malformed one doesn't hold
   * @return nothing where it is of another kind and was not looked at
   */
  public static Optional<Boolean> holds(
      Bytes signatureAlgorithm, Bytes publicKey, byte[] signed, byte[] signature) {
    for (KeyAlgorithm algorithm : Signatures.FAST) {
      if (PublicKeys.signatureAlgorithm(algorithm).equals(signatureAlgorithm)
          && PublicKeys.fits(algorithm, publicKey)) {
        return Optional.of(Signatures.hold(algorithm, publicKey, signed, signature));
      }
    }
    return Optional.empty();
  }
}
