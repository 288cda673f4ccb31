package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyAlgorithm.Family;
import java.io.IOException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.iana.IANAObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * How each algorithm is written down: in keys, in signatures, in the JCA. RFC 5480 and 5758 (EC),
 * 4055 (RSA), 8410 (Ed25519), 9881 (ML-DSA), 9909 (SLH-DSA).
 */
final class AlgorithmTable {
  private AlgorithmTable() {}

  /** What stands in the SubjectPublicKeyInfo; three kinds of RSA key share one. */
  static AlgorithmIdentifier keyIdentifier(KeyAlgorithm algorithm) {
    return switch (algorithm.family()) {
      case EC ->
          new AlgorithmIdentifier(
              X9ObjectIdentifiers.id_ecPublicKey, ECNamedCurveTable.getOID(algorithm.parameter()));
      case RSA -> new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
      case ML_DSA, SLH_DSA, COMPOSITE, EDWARDS -> new AlgorithmIdentifier(ofBoth(algorithm));
    };
  }

  /** What goes into the things that it signs; none if it signs nothing. */
  static Optional<AlgorithmIdentifier> signatureIdentifier(KeyAlgorithm algorithm) {
    if (!algorithm.signs()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (algorithm.family()) {
          case EC -> new AlgorithmIdentifier(Digest.of(algorithm).ecdsa);
          case RSA -> rsaSignature(algorithm);
          case ML_DSA, SLH_DSA, COMPOSITE, EDWARDS -> keyIdentifier(algorithm);
        });
  }

  private static AlgorithmIdentifier rsaSignature(KeyAlgorithm algorithm) {
    Digest digest = Digest.of(algorithm);
    if (!isPss(algorithm)) {
      return new AlgorithmIdentifier(digest.rsa, DERNull.INSTANCE);
    }
    // RFC 4055 §3.1: all three said, none left to its default, which is SHA-1.
    AlgorithmIdentifier hash = new AlgorithmIdentifier(digest.identifier, DERNull.INSTANCE);
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_RSASSA_PSS,
        new RSASSAPSSparams(
            hash,
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash),
            new ASN1Integer(digest.octets),
            RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
  }

  /** One identifier names the key and the signature, and has no parameters. */
  private static ASN1ObjectIdentifier ofBoth(KeyAlgorithm algorithm) {
    return switch (algorithm) {
      case ML_DSA_65 -> NISTObjectIdentifiers.id_ml_dsa_65;
      case ML_DSA_87 -> NISTObjectIdentifiers.id_ml_dsa_87;
      case SLH_DSA_SHA2_192S -> NISTObjectIdentifiers.id_slh_dsa_sha2_192s;
      case SLH_DSA_SHA2_256S -> NISTObjectIdentifiers.id_slh_dsa_sha2_256s;
      case ML_DSA_65_ECDSA_P256 -> IANAObjectIdentifiers.id_MLDSA65_ECDSA_P256_SHA512;
      case ED25519 -> EdECObjectIdentifiers.id_Ed25519;
      default -> throw new IllegalArgumentException(algorithm.word());
    };
  }

  /** Whether a public key may be one of that algorithm. */
  static boolean fits(KeyAlgorithm algorithm, SubjectPublicKeyInfo key) {
    return keyIdentifier(algorithm).equals(key.getAlgorithm())
        && (algorithm.family() != Family.RSA
            || modulusBits(key) == Integer.parseInt(algorithm.parameter()));
  }

  private static int modulusBits(SubjectPublicKeyInfo key) {
    try {
      return RSAPublicKey.getInstance(key.parsePublicKey()).getModulus().bitLength();
    } catch (IOException | IllegalArgumentException malformed) {
      return 0;
    }
  }

  /** The name under which the JCA's key factories know such keys. */
  static String keyFactory(KeyAlgorithm algorithm) {
    return switch (algorithm.family()) {
      case EC -> "EC";
      case RSA -> "RSA";
      case ML_DSA -> "ML-DSA";
      case SLH_DSA -> "SLH-DSA";
      case COMPOSITE -> "COMPOSITE";
      case EDWARDS -> "Ed25519";
    };
  }

  /** The name under which all providers know the signature; PSS is told by its parameters. */
  static String signature(KeyAlgorithm algorithm) {
    return isPss(algorithm) ? "RSASSA-PSS" : algorithm.signature();
  }

  /** What a signature object has to be told besides its key. */
  static Optional<AlgorithmParameterSpec> signatureParameters(KeyAlgorithm algorithm) {
    if (!isPss(algorithm)) {
      return Optional.empty();
    }
    Digest digest = Digest.of(algorithm);
    return Optional.of(
        new PSSParameterSpec(
            digest.jca,
            "MGF1",
            new MGF1ParameterSpec(digest.jca),
            digest.octets,
            PSSParameterSpec.TRAILER_FIELD_BC));
  }

  private static boolean isPss(KeyAlgorithm algorithm) {
    return algorithm == KeyAlgorithm.RSA_3072_PSS || algorithm == KeyAlgorithm.RSA_4096_PSS;
  }

  /** The hash that an ECDSA or RSA algorithm has in its name. */
  private enum Digest {
    SHA256(
        "SHA-256",
        32,
        NISTObjectIdentifiers.id_sha256,
        X9ObjectIdentifiers.ecdsa_with_SHA256,
        PKCSObjectIdentifiers.sha256WithRSAEncryption),
    SHA384(
        "SHA-384",
        48,
        NISTObjectIdentifiers.id_sha384,
        X9ObjectIdentifiers.ecdsa_with_SHA384,
        PKCSObjectIdentifiers.sha384WithRSAEncryption),
    SHA512(
        "SHA-512",
        64,
        NISTObjectIdentifiers.id_sha512,
        X9ObjectIdentifiers.ecdsa_with_SHA512,
        PKCSObjectIdentifiers.sha512WithRSAEncryption);

    private final String jca;
    private final int octets;
    private final ASN1ObjectIdentifier identifier;
    private final ASN1ObjectIdentifier ecdsa;
    private final ASN1ObjectIdentifier rsa;

    Digest(
        String jca,
        int octets,
        ASN1ObjectIdentifier identifier,
        ASN1ObjectIdentifier ecdsa,
        ASN1ObjectIdentifier rsa) {
      this.jca = jca;
      this.octets = octets;
      this.identifier = identifier;
      this.ecdsa = ecdsa;
      this.rsa = rsa;
    }

    static Digest of(KeyAlgorithm algorithm) {
      return valueOf(algorithm.signature().substring(0, "SHA256".length()));
    }
  }
}
