package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Predicate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What a policy must know of the key that is to sign.
 *
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param keyHash as an OCSP responder is named by it ({@link #keyHash(Bytes)})
 * @param signatureAlgorithm AlgorithmIdentifier, DER
 * @param inVault whether a SubjectPublicKeyInfo is that of a key in the same vault
 */
public record KeyFacts(
    Bytes publicKey, Bytes keyHash, Bytes signatureAlgorithm, Predicate<Bytes> inVault) {
  /** The same, with the hash computed. */
  public KeyFacts(Bytes publicKey, Bytes signatureAlgorithm, Predicate<Bytes> inVault) {
    this(publicKey, keyHash(publicKey), signatureAlgorithm, inVault);
  }

  /**
   * SHA-1 of the BIT STRING's content, without the unused bits' count (RFC 6960 §4.2.1), 20 octets.
   *
   * @param publicKey SubjectPublicKeyInfo, DER
   */
  public static Bytes keyHash(Bytes publicKey) {
    try {
      return Bytes.of(
          MessageDigest.getInstance("SHA-1")
              .digest(
                  SubjectPublicKeyInfo.getInstance(publicKey.toArray())
                      .getPublicKeyData()
                      .getOctets()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
