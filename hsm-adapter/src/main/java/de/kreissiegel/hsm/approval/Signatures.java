package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.token.PublicKeys;
import de.kreissiegel.hsm.token.SignatureProviders;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/** Which signatures of others count, and whether they hold. */
final class Signatures {
  private static final int SHORTEST_RSA_BITS = 3072;
  private static final int LONGEST_RSA_BITS = 8192;

  private static final Map<ASN1ObjectIdentifier, Integer> DIGEST_OCTETS =
      Map.of(
          NISTObjectIdentifiers.id_sha256, 32,
          NISTObjectIdentifiers.id_sha384, 48,
          NISTObjectIdentifiers.id_sha512, 64);
  private static final Set<ASN1ObjectIdentifier> ECDSA =
      Set.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256,
          X9ObjectIdentifiers.ecdsa_with_SHA384,
          X9ObjectIdentifiers.ecdsa_with_SHA512);
  private static final Map<ASN1ObjectIdentifier, KeyAlgorithm> NIST =
      Map.of(
          SECObjectIdentifiers.secp256r1, KeyAlgorithm.ECDSA_P256,
          SECObjectIdentifiers.secp384r1, KeyAlgorithm.ECDSA_P384,
          SECObjectIdentifiers.secp521r1, KeyAlgorithm.ECDSA_P521);

  /** For which the fastest provider verifies; the most usual one first. */
  static final List<KeyAlgorithm> FAST =
      List.of(KeyAlgorithm.ECDSA_P256, KeyAlgorithm.ECDSA_P384, KeyAlgorithm.ECDSA_P521);

  private static final Set<ASN1ObjectIdentifier> MACHINES_OTHERS =
      Set.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption,
          PKCSObjectIdentifiers.sha384WithRSAEncryption,
          PKCSObjectIdentifiers.sha512WithRSAEncryption,
          EdECObjectIdentifiers.id_Ed25519,
          NISTObjectIdentifiers.id_ml_dsa_65,
          NISTObjectIdentifiers.id_ml_dsa_87);

  private Signatures() {}

  /** Whether an officer may sign so (TR-02102-1 §5): ECDSA on the NIST curves, RSASSA-PSS. */
  static boolean fitForOfficers(AlgorithmIdentifier algorithm, SubjectPublicKeyInfo key) {
    ASN1ObjectIdentifier kind = key.getAlgorithm().getAlgorithm();
    if (ECDSA.contains(algorithm.getAlgorithm())) {
      return algorithm.getParameters() == null
          && kind.equals(X9ObjectIdentifiers.id_ecPublicKey)
          && key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
          && NIST.containsKey(curve);
    }
    return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
        && (kind.equals(PKCSObjectIdentifiers.rsaEncryption)
            || kind.equals(PKCSObjectIdentifiers.id_RSASSA_PSS))
        && usualPss(algorithm)
        && longEnough(key);
  }

  /** Whether a machine may prove so that it holds its key; lengths are its policy's business. */
  static boolean fitForMachines(AlgorithmIdentifier algorithm) {
    ASN1ObjectIdentifier signature = algorithm.getAlgorithm();
    return ECDSA.contains(signature)
        || MACHINES_OTHERS.contains(signature)
        || signature.equals(PKCSObjectIdentifiers.id_RSASSA_PSS) && usualPss(algorithm);
  }

  /** Whether that digest may be used; without parameters or with NULL (RFC 5754 §2). */
  static boolean fitDigest(AlgorithmIdentifier digest) {
    return DIGEST_OCTETS.containsKey(digest.getAlgorithm())
        && (digest.getParameters() == null || DERNull.INSTANCE.equals(digest.getParameters()));
  }

  /** Whether the signature is that key's over the octets; a malformed one is not. */
  static boolean hold(
      AlgorithmIdentifier algorithm, SubjectPublicKeyInfo key, byte[] octets, byte[] signature) {
    try {
      Optional<KeyAlgorithm> usual = usual(algorithm, key);
      if (usual.isPresent()) {
        return hold(usual.get(), Der.encoded(key), octets, signature);
      }
      ContentVerifier verifier =
          new JcaContentVerifierProviderBuilder()
              .setProvider(SignatureProviders.bouncyCastle())
              .build(key)
              .get(algorithm);
      try (OutputStream sink = verifier.getOutputStream()) {
        sink.write(octets);
      }
      return verifier.verify(signature);
    } catch (OperatorCreationException | RuntimeOperatorException | IOException _) {
      return false;
    } catch (RuntimeException _) {
      return false; // Bouncy Castle on keys that are none
    }
  }

  /** As above, by the vault's own kind of key, and for curves by the fastest provider. */
  static boolean hold(KeyAlgorithm algorithm, Bytes publicKey, byte[] octets, byte[] signature) {
    if (!FAST.contains(algorithm) || !PublicKeys.fits(algorithm, publicKey)) {
      return PublicKeys.verifies(algorithm, publicKey, octets, signature);
    }
    Provider provider = SignatureProviders.of(algorithm);
    try {
      Signature verifier = Signature.getInstance(algorithm.signature(), provider);
      verifier.initVerify(
          KeyFactory.getInstance("EC", provider)
              .generatePublic(new X509EncodedKeySpec(publicKey.toArray())));
      verifier.update(octets);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException _) {
      return false;
    }
  }

  /** The curve's own hash. */
  private static Optional<KeyAlgorithm> usual(
      AlgorithmIdentifier algorithm, SubjectPublicKeyInfo key) {
    if (!key.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
        || !(key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve)) {
      return Optional.empty();
    }
    return Optional.ofNullable(NIST.get(curve))
        .filter(kind -> Der.encoded(algorithm).equals(PublicKeys.signatureAlgorithm(kind)));
  }

  /** SHA-2, the mask by the same hash, the salt as long as the hash. */
  private static boolean usualPss(AlgorithmIdentifier algorithm) {
    try {
      RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(algorithm.getParameters());
      if (parameters == null || !fitDigest(parameters.getHashAlgorithm())) {
        return false;
      }
      ASN1ObjectIdentifier hash = parameters.getHashAlgorithm().getAlgorithm();
      AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
      return mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
          && AlgorithmIdentifier.getInstance(mask.getParameters()).getAlgorithm().equals(hash)
          && parameters.getSaltLength().intValueExact() == DIGEST_OCTETS.getOrDefault(hash, -1)
          && parameters.getTrailerField().intValueExact() == 1;
    } catch (RuntimeException _) {
      return false;
    }
  }

  private static boolean longEnough(SubjectPublicKeyInfo key) {
    try {
      RSAPublicKey rsa = RSAPublicKey.getInstance(key.parsePublicKey());
      int bits = rsa.getModulus().bitLength();
      return bits >= SHORTEST_RSA_BITS
          && bits <= LONGEST_RSA_BITS
          && rsa.getPublicExponent().testBit(0)
          && rsa.getPublicExponent().bitLength() >= 17
          && rsa.getPublicExponent().bitLength() <= 64;
    } catch (IOException | RuntimeException _) {
      return false;
    }
  }
}
