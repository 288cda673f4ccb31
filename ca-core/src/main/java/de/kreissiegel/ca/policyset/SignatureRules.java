package de.kreissiegel.ca.policyset;

import java.time.Instant;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** Rules for the algorithm that signed a certificate or a CRL. */
final class SignatureRules {
  private static final Instant END_OF_PKCS1 = Instant.parse("2025-12-31T23:59:59Z");

  private SignatureRules() {}

  static void check(AlgorithmIdentifier algorithm, Instant time, Findings findings) {
    String id = algorithm.getAlgorithm().getId();
    if (Algorithms.SHORT_HASH.contains(id)) {
      findings.broken(CertificateRule.SIGNATURE_HASH, id);
    } else if (Algorithms.PKCS1.contains(id)) {
      findings.unless(!time.isAfter(END_OF_PKCS1), CertificateRule.SIGNATURE_PKCS1, id);
    } else if (id.equals(PKCSObjectIdentifiers.id_RSASSA_PSS.getId())) {
      pss(algorithm, findings);
    } else if (Algorithms.EDDSA.contains(id)) {
      findings.broken(CertificateRule.SIGNATURE_EDDSA, id);
    } else if (id.equals(Algorithms.ML_DSA_44) || Algorithms.isCompositeOfMlDsa44(id)) {
      findings.broken(CertificateRule.KEY_ML_DSA_44, id);
    } else if (Algorithms.ML_DSA.contains(id)) {
      findings.broken(CertificateRule.SIGNATURE_HYBRID, id);
    } else if (Algorithms.SLH_DSA_128.contains(id)) {
      findings.broken(CertificateRule.KEY_SLH_DSA_128, id);
    } else {
      findings.unless(
          Algorithms.ECDSA.contains(id)
              || Algorithms.SLH_DSA.contains(id)
              || Algorithms.isComposite(id),
          CertificateRule.SIGNATURE_SCHEME,
          id);
    }
  }

  /** RFC 4055 §3.1: without parameters SHA-1 is meant. */
  private static void pss(AlgorithmIdentifier algorithm, Findings findings) {
    RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(algorithm.getParameters());
    String hash =
        (parameters == null
                ? RSASSAPSSparams.DEFAULT_HASH_ALGORITHM
                : parameters.getHashAlgorithm())
            .getAlgorithm()
            .getId();
    findings.unless(Algorithms.HASHES.contains(hash), CertificateRule.SIGNATURE_HASH, hash);
    if (parameters == null) {
      return;
    }
    AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
    String maskHash = AlgorithmIdentifier.getInstance(mask.getParameters()).getAlgorithm().getId();
    findings.unless(maskHash.equals(hash), CertificateRule.SIGNATURE_SCHEME, "MGF1 " + maskHash);
  }
}
