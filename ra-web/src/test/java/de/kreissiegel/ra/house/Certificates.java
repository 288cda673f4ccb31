package de.kreissiegel.ra.house;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Applications for certificates, made on the spot. */
public final class Certificates {
  private Certificates() {}

  /** A certification request (PKCS#10) for a new key, base64 of its DER. */
  public static String certificationRequest() {
    return Base64.getEncoder().encodeToString(certificationRequest(newKey()).toArray());
  }

  /** The same for this key, DER. */
  public static Bytes certificationRequest(KeyPair key) {
    try {
      var builder =
          new JcaPKCS10CertificationRequestBuilder(
              new X500Name(new org.bouncycastle.asn1.x500.RDN[0]), key.getPublic());
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
      return Bytes.of(builder.build(signer).getEncoded());
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  public static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
