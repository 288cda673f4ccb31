package de.kreissiegel.ra.house;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Small real certificates and requests, made on the spot. */
public final class Certificates {
  public static final KeyPair KEY = newKey();

  private Certificates() {}

  /** A certificate of this serial and name, signed by {@link #KEY}. */
  public static Bytes certificate(BigInteger serial, String subject, Instant from) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=DEMO People"),
              serial,
              Date.from(from),
              Date.from(from.plus(Duration.ofDays(365))),
              new X500Name(subject),
              KEY.getPublic());
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(KEY.getPrivate());
      return Bytes.of(builder.build(signer).getEncoded());
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** A certification request (PKCS#10) for a new key, base64 of its DER. */
  public static String certificationRequest() {
    try {
      var key = newKey();
      var builder =
          new JcaPKCS10CertificationRequestBuilder(
              new X500Name(new org.bouncycastle.asn1.x500.RDN[0]), key.getPublic());
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
      return Base64.getEncoder().encodeToString(builder.build(signer).getEncoded());
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
