package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What a public key alone tells and does. */
public final class PublicKeys {
  private static final Bytes NONE = Bytes.of(new byte[0]);
  private static final Map<KeyAlgorithm, Bytes> SIGNATURES = signatures();

  private PublicKeys() {}

  /**
   * The kind of a key. An RSA key doesn't tell what it is for: it counts as one that signs by PSS;
   * {@link TokenKey#algorithm} knows better.
   *
   * @param publicKey SubjectPublicKeyInfo, DER
   * @throws IllegalArgumentException if the vault makes no such keys
   */
  public static KeyAlgorithm algorithm(Bytes publicKey) {
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(publicKey.toArray());
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      if (algorithm.isMade() && AlgorithmTable.fits(algorithm, info)) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException(
        "not a key of a kind that the vault makes: " + info.getAlgorithm().getAlgorithm());
  }

  /**
   * Whether a key may be of that kind.
   *
   * @param publicKey SubjectPublicKeyInfo, DER; one that can't be read is of no kind
   */
  public static boolean fits(KeyAlgorithm algorithm, Bytes publicKey) {
    try {
      return AlgorithmTable.fits(algorithm, SubjectPublicKeyInfo.getInstance(publicKey.toArray()));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /**
   * The AlgorithmIdentifier of its signatures, DER (RFC 5758 §3.2, RFC 4055 §3.1 and §5, RFC 8410
   * §6, RFC 9881 §3, RFC 9909 §3); no octets where it signs nothing.
   */
  public static Bytes signatureAlgorithm(KeyAlgorithm algorithm) {
    return SIGNATURES.getOrDefault(algorithm, NONE);
  }

  private static Map<KeyAlgorithm, Bytes> signatures() {
    Map<KeyAlgorithm, Bytes> all = new EnumMap<>(KeyAlgorithm.class);
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      all.put(algorithm, encodedSignature(algorithm));
    }
    return all;
  }

  private static Bytes encodedSignature(KeyAlgorithm algorithm) {
    Optional<AlgorithmIdentifier> identifier = AlgorithmTable.signatureIdentifier(algorithm);
    try {
      return Bytes.of(identifier.isPresent() ? identifier.get().getEncoded("DER") : new byte[0]);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Whether the signature is this key's over the octets; a malformed one is not. An RSA key's must
   * be by PSS.
   *
   * @throws IllegalArgumentException if the vault makes no such keys
   */
  public static boolean verifies(Bytes publicKey, byte[] octets, byte[] signature) {
    return verifies(algorithm(publicKey), publicKey, octets, signature);
  }

  /**
   * Whether the signature is this key's over the octets, by that algorithm and no other; a
   * malformed one is not, nor is one of a key that doesn't fit or doesn't sign.
   *
   * @param publicKey SubjectPublicKeyInfo, DER
   */
  public static boolean verifies(
      KeyAlgorithm algorithm, Bytes publicKey, byte[] octets, byte[] signature) {
    if (!algorithm.signs() || !fits(algorithm, publicKey)) {
      return false;
    }
    try {
      Signature verifier =
          SignatureProviders.signature(algorithm, SignatureProviders.bouncyCastle());
      verifier.initVerify(decode(algorithm, publicKey));
      verifier.update(octets);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException malformed) {
      return false;
    }
  }

  static PublicKey decode(KeyAlgorithm algorithm, Bytes publicKey) throws GeneralSecurityException {
    return KeyFactory.getInstance(
            AlgorithmTable.keyFactory(algorithm), SignatureProviders.bouncyCastle())
        .generatePublic(new X509EncodedKeySpec(publicKey.toArray()));
  }
}
