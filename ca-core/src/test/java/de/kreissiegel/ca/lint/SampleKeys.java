package de.kreissiegel.ca.lint;

import de.kreissiegel.ca.issuance.SampleRequests;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.params.DHParameters;

/** Keys, good ones and bad ones; the bad ones are made as their makers made them. */
final class SampleKeys {
  static final PublicKey P256 = SampleRequests.elliptic("secp256r1").getPublic();
  static final PublicKey RSA = SampleRequests.rsa(3072).getPublic();
  static final BigInteger F4 = BigInteger.valueOf(65_537);
  static final BigInteger MODULUS = ((java.security.interfaces.RSAPublicKey) RSA).getModulus();

  private static final Random RANDOM = new Random(20_261_129);

  private SampleKeys() {}

  static byte[] rsa(BigInteger modulus, BigInteger exponent) {
    try {
      return new SubjectPublicKeyInfo(
              new AlgorithmIdentifier(
                  PKCSObjectIdentifiers.rsaEncryption, org.bouncycastle.asn1.DERNull.INSTANCE),
              new RSAPublicKey(modulus, exponent))
          .getEncoded();
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static byte[] rsa(BigInteger modulus) {
    return rsa(modulus, F4);
  }

  /** A prime of a Diffie-Hellman group (RFC 2409, RFC 3526, RFC 7919): they cost no time. */
  static BigInteger prime(DHParameters group) {
    return group.getP();
  }

  /** p and the next prime: what generators made that only looked on from the first. */
  static BigInteger closePrimes() {
    BigInteger p = prime(DHStandardGroups.rfc2409_1024);
    return p.multiply(p.nextProbablePrime());
  }

  /** Primes k·M + (65537^a mod M), M the product of the first 126 primes. */
  static BigInteger roca() {
    BigInteger primorial = BigInteger.ONE;
    BigInteger prime = BigInteger.TWO;
    for (int i = 0; i < 126; i++) {
      primorial = primorial.multiply(prime);
      prime = prime.nextProbablePrime();
    }
    return rocaPrime(primorial).multiply(rocaPrime(primorial));
  }

  private static BigInteger rocaPrime(BigInteger primorial) {
    while (true) {
      BigInteger k =
          new BigInteger(1024 - primorial.bitLength(), RANDOM)
              .setBit(1024 - primorial.bitLength() - 1);
      BigInteger a = new BigInteger(254, RANDOM);
      BigInteger candidate = k.multiply(primorial).add(F4.modPow(a, primorial));
      if (candidate.isProbablePrime(50)) {
        return candidate;
      }
    }
  }

  static X9ECParameters curve(String name) {
    return ECNamedCurveTable.getByName(name);
  }

  /** The public key of this private number on P-256. */
  static byte[] elliptic(BigInteger secret) {
    return point(curve("secp256r1").getG().multiply(secret).getEncoded(false));
  }

  /** Whatever octets as a point of P-256. */
  static byte[] point(byte[] point) {
    return point("1.2.840.10045.3.1.7", point);
  }

  static byte[] point(String curve, byte[] point) {
    return info(X9ObjectIdentifiers.id_ecPublicKey.getId(), new ASN1ObjectIdentifier(curve), point);
  }

  static byte[] info(String algorithm, ASN1Encodable parameters, byte[] bits) {
    try {
      var oid = new ASN1ObjectIdentifier(algorithm);
      return new SubjectPublicKeyInfo(
              parameters == null
                  ? new AlgorithmIdentifier(oid)
                  : new AlgorithmIdentifier(oid, parameters),
              bits)
          .getEncoded();
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** subjectKeyIdentifier of a SubjectPublicKeyInfo. */
  static ASN1Encodable identifier(byte[] info) {
    try {
      byte[] bits = SubjectPublicKeyInfo.getInstance(info).getPublicKeyData().getOctets();
      return new DEROctetString(
          Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bits), 20));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
