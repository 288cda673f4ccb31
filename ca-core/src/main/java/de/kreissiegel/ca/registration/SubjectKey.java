package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.KeyAlgorithm;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A public key of a kind that we certify. Who holds one knows that it was checked. */
public final class SubjectKey {
  static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private static final Map<ASN1ObjectIdentifier, KeyAlgorithm> CURVES =
      Map.of(
          SECObjectIdentifiers.secp256r1, KeyAlgorithm.EC_P256,
          SECObjectIdentifiers.secp384r1, KeyAlgorithm.EC_P384,
          SECObjectIdentifiers.secp521r1, KeyAlgorithm.EC_P521,
          TeleTrusTObjectIdentifiers.brainpoolP256r1, KeyAlgorithm.BRAINPOOL_P256,
          TeleTrusTObjectIdentifiers.brainpoolP384r1, KeyAlgorithm.BRAINPOOL_P384,
          TeleTrusTObjectIdentifiers.brainpoolP512r1, KeyAlgorithm.BRAINPOOL_P512);

  private static final int SHORTEST_RSA = 3072; // TR-03116-4 table 29
  private static final int LONGEST_RSA = 8192; // longer ones only cost time
  private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65_537);
  private static final BigInteger SMALL_PRIMES = smallPrimes();

  private final Bytes info;
  private final KeyAlgorithm algorithm;
  private final PublicKey key;

  private SubjectKey(Bytes info, KeyAlgorithm algorithm, PublicKey key) {
    this.info = info;
    this.algorithm = algorithm;
    this.key = key;
  }

  /**
   * Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
   *
   * @throws Refused BAD_ALG if it is of no kind that we certify, or no sound key of its kind
   */
  public static SubjectKey of(Bytes info) throws Refused {
    byte[] encoded = info.toArray();
    try {
      SubjectPublicKeyInfo parsed = SubjectPublicKeyInfo.getInstance(encoded);
      if (!Arrays.equals(parsed.getEncoded(ASN1Encoding.DER), encoded)) {
        throw bad("the public key is not in DER");
      }
      KeyAlgorithm algorithm = algorithmOf(parsed);
      PublicKey key = factory(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
      checkSound(key);
      return new SubjectKey(info, algorithm, key);
    } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
      throw bad("the public key can't be read");
    }
  }

  /** SubjectPublicKeyInfo, DER. */
  public Bytes info() {
    return info;
  }

  public KeyAlgorithm algorithm() {
    return algorithm;
  }

  /** SHA-256 of the SubjectPublicKeyInfo. */
  public Bytes hash() {
    return hash(info);
  }

  /** SHA-256 of a SubjectPublicKeyInfo. */
  public static Bytes hash(Bytes info) {
    return info.sha256();
  }

  PublicKey key() {
    return key;
  }

  /**
   * The JDK's own factories where there is one, not Bouncy Castle's key objects: a fresh key costs
   * a sixth there. The JDK has no Brainpool curves.
   */
  private static KeyFactory factory(KeyAlgorithm algorithm) throws NoSuchAlgorithmException {
    if (algorithm.isBrainpool()) {
      return KeyFactory.getInstance("EC", BOUNCY_CASTLE);
    }
    return KeyFactory.getInstance(algorithm.isElliptic() ? "EC" : "RSA");
  }

  private static KeyAlgorithm algorithmOf(SubjectPublicKeyInfo info) throws Refused {
    var algorithm = info.getAlgorithm();
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return KeyAlgorithm.RSA;
    }
    if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      KeyAlgorithm curve =
          algorithm.getParameters() instanceof ASN1ObjectIdentifier named
              ? CURVES.get(named)
              : null;
      if (curve == null) {
        throw bad("the curve is none that is certified");
      }
      return curve;
    }
    throw bad(
        "keys of the algorithm "
            + algorithm.getAlgorithm()
            + " are not certified; take EC P-256, P-384, P-521, a Brainpool curve, or RSA from 3072 bits");
  }

  private static void checkSound(PublicKey key) throws Refused {
    switch (key) {
      case ECPublicKey elliptic -> checkPoint(elliptic);
      case RSAPublicKey rsa -> checkModulus(rsa);
      default -> throw bad("the public key is of an unknown kind");
    }
  }

  /** On the curve and not its neutral point (SP 800-56A §5.6.2.3.3); the cofactor is 1. */
  private static void checkPoint(ECPublicKey key) throws Refused {
    EllipticCurve curve = key.getParams().getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    ECPoint point = key.getW();
    if (point.equals(ECPoint.POINT_INFINITY)) {
      throw bad("the public key is no point of the curve");
    }
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
    boolean inField =
        x.signum() >= 0 && x.compareTo(p) < 0 && y.signum() >= 0 && y.compareTo(p) < 0;
    if (!inField || !y.multiply(y).mod(p).equals(right)) {
      throw bad("the public key is no point of the curve");
    }
  }

  /** Size, and what no honest generator makes (SP 800-89 §5.3.3). */
  private static void checkModulus(RSAPublicKey key) throws Refused {
    BigInteger modulus = key.getModulus();
    if (modulus.bitLength() < SHORTEST_RSA || modulus.bitLength() > LONGEST_RSA) {
      throw bad("an RSA key has 3072 to 8192 bits, not " + modulus.bitLength());
    }
    BigInteger exponent = key.getPublicExponent();
    if (exponent.compareTo(SMALLEST_EXPONENT) < 0
        || exponent.bitLength() > 64
        || !exponent.testBit(0)) {
      throw bad("the RSA exponent is not an odd number from 65537");
    }
    if (!modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE)) {
      throw bad("the RSA modulus has a small factor");
    }
  }

  private static BigInteger smallPrimes() {
    BigInteger product = BigInteger.ONE;
    BigInteger prime = BigInteger.TWO;
    while (prime.bitLength() < 10) {
      product = product.multiply(prime);
      prime = prime.nextProbablePrime();
    }
    return product;
  }

  private static Refused bad(String detail) {
    return new Refused(RefusalReason.BAD_ALG, detail);
  }
}
