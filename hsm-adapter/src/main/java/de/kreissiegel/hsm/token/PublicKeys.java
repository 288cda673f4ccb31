package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** What a public key alone tells and does. */
public final class PublicKeys {
  private PublicKeys() {}

  /**
   * The kind of a key.
   *
   * @param publicKey SubjectPublicKeyInfo, DER
   * @throws IllegalArgumentException if the vault makes no such keys
   */
  public static KeyAlgorithm algorithm(Bytes publicKey) {
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(publicKey.toArray());
    Object curve = info.getAlgorithm().getParameters();
    if (SECObjectIdentifiers.secp256r1.equals(curve)) {
      return KeyAlgorithm.ECDSA_P256;
    }
    if (SECObjectIdentifiers.secp384r1.equals(curve)) {
      return KeyAlgorithm.ECDSA_P384;
    }
    throw new IllegalArgumentException("not a key on P-256 or P-384");
  }

  /** The AlgorithmIdentifier of its signatures, DER; without parameters (RFC 5758 §3.2). */
  public static Bytes signatureAlgorithm(KeyAlgorithm algorithm) {
    ASN1ObjectIdentifier identifier =
        switch (algorithm) {
          case ECDSA_P256 -> X9ObjectIdentifiers.ecdsa_with_SHA256;
          case ECDSA_P384 -> X9ObjectIdentifiers.ecdsa_with_SHA384;
          default -> throw new IllegalArgumentException("no signatures by " + algorithm.word());
        };
    try {
      return Bytes.of(new AlgorithmIdentifier(identifier).getEncoded("DER"));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether the signature is this key's over the octets; a malformed one is not. */
  public static boolean verifies(Bytes publicKey, byte[] octets, byte[] signature) {
    KeyAlgorithm algorithm = algorithm(publicKey);
    Signature verifier = SignatureProviders.signature(algorithm, SignatureProviders.bouncyCastle());
    try {
      verifier.initVerify(decode(publicKey));
      verifier.update(octets);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static PublicKey decode(Bytes publicKey) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC", SignatureProviders.bouncyCastle())
        .generatePublic(new X509EncodedKeySpec(publicKey.toArray()));
  }
}
