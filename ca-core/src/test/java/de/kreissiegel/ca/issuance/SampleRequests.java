package de.kreissiegel.ca.issuance;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** PKCS#10 requests as applicants make them. */
public final class SampleRequests {
  private SampleRequests() {}

  public static Bytes ofNewKey() {
    return of(elliptic("secp256r1"), "");
  }

  public static KeyPair elliptic(String curve) {
    return pair("EC", new ECGenParameterSpec(curve));
  }

  public static KeyPair rsa(int bits) {
    return pair("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
  }

  /** On a curve that the JDK doesn't have. */
  public static KeyPair brainpool(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyPair pair(String algorithm, AlgorithmParameterSpec spec) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(spec);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A request for this key with these wishes. */
  public static Bytes of(KeyPair pair, String subject, GeneralName... names) {
    return of(
        pair,
        pair.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA",
        subject,
        names);
  }

  public static Bytes of(
      KeyPair pair, String signatureAlgorithm, String subject, GeneralName... names) {
    try {
      var builder =
          new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), pair.getPublic());
      if (names.length > 0) {
        var extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
      }
      return Bytes.of(
          builder
              .build(
                  new JcaContentSignerBuilder(signatureAlgorithm)
                      .setProvider(new BouncyCastleProvider())
                      .build(pair.getPrivate()))
              .getEncoded());
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
