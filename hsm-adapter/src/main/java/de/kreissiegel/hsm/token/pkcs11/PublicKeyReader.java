package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Makes a SubjectPublicKeyInfo from what the token tells of a key: from a public key object, or
 * from a private one, of which RSA's tells the modulus and some tokens more.
 */
final class PublicKeyReader {
  private PublicKeyReader() {}

  /** A public key and what it is for. */
  record Found(KeyAlgorithm algorithm, Bytes publicKey) {}

  /** Empty if it is of a kind that the vault doesn't use, or the token doesn't tell enough. */
  static Optional<Found> read(Session session, long object, boolean decrypts) throws CkFailure {
    Optional<byte[]> type = session.attribute(object, Ck.CKA_KEY_TYPE);
    if (type.isEmpty() || type.get().length != Long.BYTES) {
      return Optional.empty();
    }
    try {
      long keyType = number(type.get());
      if (keyType == Ck.CKK_RSA) {
        return rsa(session, object, decrypts);
      }
      if (keyType == Ck.CKK_EC || keyType == Ck.CKK_EC_EDWARDS) {
        return elliptic(session, object, keyType);
      }
      if (keyType == Ck.CKK_ML_DSA || keyType == Ck.CKK_SLH_DSA) {
        return postQuantum(session, object, keyType);
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<Found> rsa(Session session, long object, boolean decrypts)
      throws CkFailure, IOException {
    Optional<byte[]> modulus = session.attribute(object, Ck.CKA_MODULUS);
    Optional<byte[]> exponent = session.attribute(object, Ck.CKA_PUBLIC_EXPONENT);
    if (modulus.isEmpty() || exponent.isEmpty()) {
      return Optional.empty();
    }
    BigInteger n = new BigInteger(1, modulus.get());
    Optional<KeyAlgorithm> algorithm =
        switch (n.bitLength()) {
          case 3072 ->
              Optional.of(decrypts ? KeyAlgorithm.RSA_3072_DECRYPT : KeyAlgorithm.RSA_3072_PSS);
          case 4096 ->
              Optional.of(decrypts ? KeyAlgorithm.RSA_4096_DECRYPT : KeyAlgorithm.RSA_4096_PSS);
          default -> Optional.empty();
        };
    if (algorithm.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(
            algorithm.get(),
            encode(
                new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new RSAPublicKey(n, new BigInteger(1, exponent.get()))))));
  }

  private static Optional<Found> elliptic(Session session, long object, long keyType)
      throws CkFailure, IOException {
    Optional<byte[]> parameters = session.attribute(object, Ck.CKA_EC_PARAMS);
    Optional<byte[]> point = session.attribute(object, Ck.CKA_EC_POINT);
    if (parameters.isEmpty() || point.isEmpty()) {
      return Optional.empty();
    }
    byte[] octets = unwrapped(point.get());
    if (keyType == Ck.CKK_EC_EDWARDS) {
      return octets.length == 32
          ? Optional.of(
              new Found(
                  KeyAlgorithm.ED25519,
                  encode(
                      new SubjectPublicKeyInfo(
                          new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), octets))))
          : Optional.empty();
    }
    ASN1Primitive curve = ASN1Primitive.fromByteArray(parameters.get());
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      if (algorithm.family() == KeyAlgorithm.Family.EC
          && KeyTemplates.curve(algorithm).equals(curve)) {
        return Optional.of(
            new Found(
                algorithm,
                encode(
                    new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
                        octets))));
      }
    }
    return Optional.empty();
  }

  /** The point is an OCTET STRING's contents (PKCS#11 §6.3.3); some tokens leave the string out. */
  private static byte[] unwrapped(byte[] point) {
    try {
      if (ASN1Primitive.fromByteArray(point) instanceof ASN1OctetString string) {
        return string.getOctets();
      }
    } catch (IOException notDer) {
      // It is the point itself.
    }
    return point;
  }

  private static Optional<Found> postQuantum(Session session, long object, long keyType)
      throws CkFailure, IOException {
    Optional<byte[]> set = session.attribute(object, Ck.CKA_PARAMETER_SET);
    Optional<byte[]> value = session.attribute(object, Ck.CKA_VALUE);
    if (set.isEmpty() || set.get().length != Long.BYTES || value.isEmpty()) {
      return Optional.empty();
    }
    Optional<KeyAlgorithm> algorithm = parameterSet(keyType, number(set.get()));
    if (algorithm.isEmpty()) {
      return Optional.empty();
    }
    AlgorithmIdentifier identifier =
        new AlgorithmIdentifier(
            switch (algorithm.get()) {
              case ML_DSA_65 -> NISTObjectIdentifiers.id_ml_dsa_65;
              case ML_DSA_87 -> NISTObjectIdentifiers.id_ml_dsa_87;
              case SLH_DSA_SHA2_192S -> NISTObjectIdentifiers.id_slh_dsa_sha2_192s;
              default -> NISTObjectIdentifiers.id_slh_dsa_sha2_256s;
            });
    return Optional.of(
        new Found(algorithm.get(), encode(new SubjectPublicKeyInfo(identifier, value.get()))));
  }

  private static Optional<KeyAlgorithm> parameterSet(long keyType, long set) {
    if (keyType == Ck.CKK_ML_DSA) {
      if (set == Ck.CKP_ML_DSA_65) {
        return Optional.of(KeyAlgorithm.ML_DSA_65);
      }
      return set == Ck.CKP_ML_DSA_87 ? Optional.of(KeyAlgorithm.ML_DSA_87) : Optional.empty();
    }
    if (set == Ck.CKP_SLH_DSA_SHA2_192S) {
      return Optional.of(KeyAlgorithm.SLH_DSA_SHA2_192S);
    }
    return set == Ck.CKP_SLH_DSA_SHA2_256S
        ? Optional.of(KeyAlgorithm.SLH_DSA_SHA2_256S)
        : Optional.empty();
  }

  static long number(byte[] value) {
    return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong();
  }

  private static Bytes encode(SubjectPublicKeyInfo info) throws IOException {
    return Bytes.of(info.getEncoded("DER"));
  }
}
