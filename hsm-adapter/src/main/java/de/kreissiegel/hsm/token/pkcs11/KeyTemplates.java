package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;

/** What keys are made with: they never leave the token, and do one thing only. */
final class KeyTemplates {
  private static final byte[] F4 = {1, 0, 1};

  private KeyTemplates() {}

  static Template publicKey(KeyLabel label, Recipe recipe) {
    boolean signs = recipe.algorithm().signs();
    return named(label)
        .with(Ck.CKA_PRIVATE, false)
        .with(Ck.CKA_VERIFY, signs)
        .with(Ck.CKA_ENCRYPT, !signs)
        .and(kind(recipe.algorithm()));
  }

  static Template privateKey(KeyLabel label, Recipe recipe) {
    boolean signs = recipe.algorithm().signs();
    Template template =
        named(label)
            .with(Ck.CKA_PRIVATE, true)
            .with(Ck.CKA_SENSITIVE, true)
            .with(Ck.CKA_EXTRACTABLE, false)
            .with(Ck.CKA_SIGN, signs)
            .with(Ck.CKA_DECRYPT, !signs)
            .with(Ck.CKA_UNWRAP, false)
            .with(Ck.CKA_DERIVE, false);
    return recipe.keyType() == Ck.CKK_RSA ? template.with(Ck.CKA_SIGN_RECOVER, false) : template;
  }

  private static Template named(KeyLabel label) {
    return new Template()
        .with(Ck.CKA_TOKEN, true)
        .with(Ck.CKA_LABEL, label.text())
        .with(Ck.CKA_ID, label.id().value().getBytes(StandardCharsets.US_ASCII));
  }

  private static Template kind(KeyAlgorithm algorithm) {
    return switch (algorithm) {
      case ML_DSA_65 -> new Template().with(Ck.CKA_PARAMETER_SET, Ck.CKP_ML_DSA_65);
      case ML_DSA_87 -> new Template().with(Ck.CKA_PARAMETER_SET, Ck.CKP_ML_DSA_87);
      case SLH_DSA_SHA2_192S -> new Template().with(Ck.CKA_PARAMETER_SET, Ck.CKP_SLH_DSA_SHA2_192S);
      case SLH_DSA_SHA2_256S -> new Template().with(Ck.CKA_PARAMETER_SET, Ck.CKP_SLH_DSA_SHA2_256S);
      // PKCS#11 3.0 allows this name beside the identifier, and more tokens know it.
      case ED25519 ->
          new Template().with(Ck.CKA_EC_PARAMS, der(new DERPrintableString("edwards25519")));
      default ->
          algorithm.family() == KeyAlgorithm.Family.RSA
              ? new Template()
                  .with(Ck.CKA_MODULUS_BITS, Long.parseLong(algorithm.parameter()))
                  .with(Ck.CKA_PUBLIC_EXPONENT, F4)
              : new Template().with(Ck.CKA_EC_PARAMS, der(curve(algorithm)));
    };
  }

  /** The curve's identifier. */
  static ASN1ObjectIdentifier curve(KeyAlgorithm algorithm) {
    return algorithm == KeyAlgorithm.ED25519
        ? EdECObjectIdentifiers.id_Ed25519
        : ECNamedCurveTable.getOID(algorithm.parameter());
  }

  private static byte[] der(org.bouncycastle.asn1.ASN1Object object) {
    try {
      return object.getEncoded("DER");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
