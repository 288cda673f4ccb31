package de.kreissiegel.ra.walkthrough;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A key that is made here and stays here: ECDSA on P-256.
 *
 * @param pair both halves
 */
record ClientKey(KeyPair pair) {
  static ClientKey make(SecureRandom random) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return new ClientKey(generator.generateKeyPair());
  }

  /** A certification request (PKCS#10, RFC 2986) for it without any wish for a name, as PEM. */
  String certificationRequest() throws IOException {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      var request =
          new JcaPKCS10CertificationRequestBuilder(new X500Principal(""), pair.getPublic())
              .build(signer);
      return "-----BEGIN CERTIFICATE REQUEST-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request.getEncoded())
          + "\n-----END CERTIFICATE REQUEST-----\n";
    } catch (OperatorCreationException impossible) {
      throw new IllegalStateException("every JDK has SHA256withECDSA", impossible);
    }
  }
}
