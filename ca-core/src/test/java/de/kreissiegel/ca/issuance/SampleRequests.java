package de.kreissiegel.ca.issuance;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
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
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** By native code: to find its primes takes the JDK seconds. */
  public static KeyPair rsa(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA", AmazonCorrettoCryptoProvider.INSTANCE);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
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
