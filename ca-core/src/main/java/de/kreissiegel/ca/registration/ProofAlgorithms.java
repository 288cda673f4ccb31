package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The signature algorithms that we take as a proof of possession: SHA-2 with ECDSA or RSA. */
final class ProofAlgorithms {
  private static final Map<ASN1ObjectIdentifier, String> ECDSA =
      Map.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256, "SHA256withECDSA",
          X9ObjectIdentifiers.ecdsa_with_SHA384, "SHA384withECDSA",
          X9ObjectIdentifiers.ecdsa_with_SHA512, "SHA512withECDSA");
  // PKCS#1 v1.5 is no longer fit for certificates, but a proof lives for one reading only.
  private static final Map<ASN1ObjectIdentifier, String> RSA =
      Map.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption, "SHA256withRSA",
          PKCSObjectIdentifiers.sha384WithRSAEncryption, "SHA384withRSA",
          PKCSObjectIdentifiers.sha512WithRSAEncryption, "SHA512withRSA");
  private static final Map<ASN1ObjectIdentifier, String> DIGESTS =
      Map.of(
          NISTObjectIdentifiers.id_sha256, "SHA-256",
          NISTObjectIdentifiers.id_sha384, "SHA-384",
          NISTObjectIdentifiers.id_sha512, "SHA-512");

  private ProofAlgorithms() {}

  /** A verifier for this algorithm, not yet initialised. */
  static Signature of(AlgorithmIdentifier algorithm, SubjectKey key)
      throws Refused, GeneralSecurityException {
    ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
    if (!key.algorithm().isElliptic() && oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
      return pss(RSASSAPSSparams.getInstance(algorithm.getParameters()));
    }
    String name = (key.algorithm().isElliptic() ? ECDSA : RSA).get(oid);
    if (name == null) {
      throw bad();
    }
    return key.algorithm().isBrainpool()
        ? Signature.getInstance(name, SubjectKey.BOUNCY_CASTLE)
        : Signature.getInstance(name);
  }

  private static Signature pss(RSASSAPSSparams parameters)
      throws Refused, GeneralSecurityException {
    AlgorithmIdentifier hash = parameters.getHashAlgorithm();
    AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
    String digest = DIGESTS.get(hash.getAlgorithm());
    int salt = parameters.getSaltLength().intValueExact();
    if (digest == null
        || !mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
        || !AlgorithmIdentifier.getInstance(mask.getParameters())
            .getAlgorithm()
            .equals(hash.getAlgorithm())
        || salt < 0
        || salt > 64) {
      throw bad();
    }
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), salt, 1));
    return signature;
  }

  private static Refused bad() {
    return new Refused(
        RefusalReason.BAD_ALG, "the request must be signed with SHA-2 and ECDSA or RSA");
  }
}
