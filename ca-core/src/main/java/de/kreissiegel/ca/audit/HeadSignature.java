package de.kreissiegel.ca.audit;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;

/** Checks the vault's signatures over heads: ECDSA, with the hash that fits the curve's size. */
final class HeadSignature {
  private final PublicKey key;
  private final String algorithm;

  /**
   * @param subjectPublicKeyInfo DER
   * @throws IllegalArgumentException if it isn't an EC key
   */
  HeadSignature(Bytes subjectPublicKeyInfo) {
    try {
      key =
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo.toArray()));
    } catch (GeneralSecurityException notEc) {
      throw new IllegalArgumentException("the audit key is not an EC key", notEc);
    }
    int bits = ((ECPublicKey) key).getParams().getOrder().bitLength();
    algorithm =
        bits <= 256 ? "SHA256withECDSA" : bits <= 384 ? "SHA384withECDSA" : "SHA512withECDSA";
  }

  boolean confirms(Checkpoint checkpoint) {
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(checkpoint.head().encoded().toArray());
      return verifier.verify(checkpoint.signature().toArray());
    } catch (SignatureException notOne) {
      return false;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
