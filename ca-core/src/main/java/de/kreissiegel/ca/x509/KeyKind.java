package de.kreissiegel.ca.x509;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;

/** What kinds of keys are called where they are counted: {@code EC P-256}, {@code RSA 3072}. */
public final class KeyKind {
  /** Of what can't be read. */
  public static final String UNKNOWN = "?";

  private static final Map<String, String> NIST =
      Map.of(
          "prime256v1", "P-256", "secp256r1", "P-256", "secp384r1", "P-384", "secp521r1", "P-521");

  private KeyKind() {}

  /**
   * The kind of a certificate's key.
   *
   * @param certificate DER
   * @return {@link #UNKNOWN} if it is none
   */
  public static String of(Bytes certificate) {
    try {
      return of(Certificate.getInstance(certificate.toArray()));
    } catch (IllegalArgumentException notOne) {
      return UNKNOWN;
    }
  }

  /** The same of one that was read already. */
  public static String of(Certificate certificate) {
    try {
      return of(certificate.getSubjectPublicKeyInfo());
    } catch (IllegalArgumentException | IOException unreadable) {
      return UNKNOWN;
    }
  }

  /** How a certificate is signed, as {@code SHA384WITHECDSA}; {@link #UNKNOWN} if it is none. */
  public static String signatureOf(Bytes certificate) {
    try {
      return name(
          Certificate.getInstance(certificate.toArray()).getSignatureAlgorithm().getAlgorithm());
    } catch (IllegalArgumentException notOne) {
      return UNKNOWN;
    }
  }

  private static String of(SubjectPublicKeyInfo key) throws IOException {
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
        && key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve) {
      String name = ECNamedCurveTable.getName(curve);
      return "EC " + (name == null ? curve.getId() : NIST.getOrDefault(name, name));
    }
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
        || algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
      BigInteger modulus = RSAPublicKey.getInstance(key.parsePublicKey()).getModulus();
      return "RSA " + modulus.bitLength();
    }
    return name(algorithm);
  }

  private static String name(ASN1ObjectIdentifier algorithm) {
    return new DefaultAlgorithmNameFinder().getAlgorithmName(algorithm);
  }
}
