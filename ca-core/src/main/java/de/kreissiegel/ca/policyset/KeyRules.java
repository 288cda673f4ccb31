package de.kreissiegel.ca.policyset;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Rules for the key that is certified. */
final class KeyRules {
  private static final int STRICT_RSA_BITS = 3072;
  private static final int KOMMUNAL_RSA_BITS = 3000;
  private static final int COMPATIBLE_RSA_BITS = 2048;
  private static final int LEAST_EXPONENT_BITS = 17;
  private static final int MOST_EXPONENT_BITS = 256;

  private KeyRules() {}

  static void check(SubjectPublicKeyInfo key, Findings findings) {
    String id = key.getAlgorithm().getAlgorithm().getId();
    if (id.equals(PKCSObjectIdentifiers.rsaEncryption.getId())
        || id.equals(PKCSObjectIdentifiers.id_RSASSA_PSS.getId())
        || id.equals(PKCSObjectIdentifiers.id_RSAES_OAEP.getId())) {
      rsa(key, findings);
    } else if (id.equals(X9ObjectIdentifiers.id_ecPublicKey.getId())) {
      curve(key, findings);
    } else if (Algorithms.EDDSA.contains(id) || Algorithms.EDWARDS_AGREEMENT.contains(id)) {
      findings.broken(CertificateRule.KEY_EDWARDS, id);
    } else if (id.equals(Algorithms.ML_DSA_44) || Algorithms.isCompositeOfMlDsa44(id)) {
      findings.broken(CertificateRule.KEY_ML_DSA_44, id);
    } else if (Algorithms.ML_DSA.contains(id)) {
      findings.broken(CertificateRule.SIGNATURE_HYBRID, id);
    } else if (Algorithms.SLH_DSA_128.contains(id)) {
      findings.broken(CertificateRule.KEY_SLH_DSA_128, id);
    } else {
      findings.unless(
          Algorithms.SLH_DSA.contains(id)
              || Algorithms.ML_KEM.contains(id)
              || Algorithms.isComposite(id),
          CertificateRule.KEY_ALGORITHM,
          id);
    }
  }

  private static void rsa(SubjectPublicKeyInfo key, Findings findings) {
    RSAPublicKey parsed;
    try {
      parsed = RSAPublicKey.getInstance(key.parsePublicKey());
    } catch (IOException malformed) {
      throw new IllegalArgumentException("a malformed RSA key", malformed);
    }
    int bits = parsed.getModulus().bitLength();
    findings.unless(bits >= least(findings.set()), CertificateRule.KEY_RSA_LENGTH, bits + " bit");
    BigInteger exponent = parsed.getPublicExponent();
    findings.unless(
        exponent.testBit(0)
            && exponent.bitLength() >= LEAST_EXPONENT_BITS
            && exponent.bitLength() <= MOST_EXPONENT_BITS,
        CertificateRule.KEY_RSA_EXPONENT,
        exponent.bitLength() > MOST_EXPONENT_BITS ? "" : exponent.toString());
  }

  private static int least(PolicySet set) {
    return switch (set) {
      case RFC5280 -> 0;
      case COMPATIBILITY -> COMPATIBLE_RSA_BITS;
      case BSI_KOMMUNAL -> KOMMUNAL_RSA_BITS;
      case BSI_STRICT -> STRICT_RSA_BITS;
    };
  }

  /** Only by name: with explicit parameters whoever made the key could choose a weak generator. */
  private static void curve(SubjectPublicKeyInfo key, Findings findings) {
    if (!(key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve)) {
      findings.broken(CertificateRule.KEY_CURVE, "");
      return;
    }
    String name = Algorithms.TABLE_30.get(curve.getId());
    boolean brainpool320 = curve.getId().equals(Algorithms.BRAINPOOL_320);
    findings.unless(
        name != null || (brainpool320 && findings.set() != PolicySet.BSI_STRICT),
        CertificateRule.KEY_CURVE,
        brainpool320 ? "brainpoolP320r1" : curve.getId());
    if (name != null) {
      findings.unless(name.startsWith("brainpool"), CertificateRule.KEY_BRAINPOOL, name);
    }
  }
}
