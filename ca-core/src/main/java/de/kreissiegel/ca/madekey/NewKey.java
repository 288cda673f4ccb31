package de.kreissiegel.ca.madekey;

import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A key on P-256 that was made in this process. Our array is wiped; the JDK's own key object can't
 * be, and stays in the heap until it is written over.
 */
final class NewKey implements AutoCloseable {
  private final Bytes certificationRequest;
  private final Bytes hash;
  private final byte[] encoded;

  private NewKey(Bytes certificationRequest, Bytes hash, byte[] encoded) {
    this.certificationRequest = certificationRequest;
    this.hash = hash;
    this.encoded = encoded;
  }

  static NewKey random(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      Bytes request =
          Bytes.of(
              new JcaPKCS10CertificationRequestBuilder(new X500Name(""), pair.getPublic())
                  .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                  .getEncoded());
      return new NewKey(
          request,
          SubjectKey.hash(Bytes.of(pair.getPublic().getEncoded())),
          pair.getPrivate().getEncoded());
    } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
      throw new IllegalStateException("every JDK makes keys on P-256", impossible);
    }
  }

  /** PKCS#10, DER. */
  Bytes certificationRequest() {
    return certificationRequest;
  }

  /** SHA-256 of the SubjectPublicKeyInfo. */
  Bytes hash() {
    return hash;
  }

  /** PKCS#8, DER; wiped when this is closed. */
  byte[] encoded() {
    return encoded;
  }

  @Override
  public void close() {
    Arrays.fill(encoded, (byte) 0);
  }
}
