package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import java.io.OutputStream;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * Bouncy Castle's certificate library as a relying party: it knows a signature's algorithm from its
 * AlgorithmIdentifier alone.
 */
public final class Judge {
  private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

  private Judge() {}

  public static boolean verifies(TokenKey key, byte[] message, byte[] signature) throws Exception {
    ContentVerifier verifier =
        new JcaContentVerifierProviderBuilder()
            .setProvider(BOUNCY_CASTLE)
            .build(SubjectPublicKeyInfo.getInstance(key.publicKey().toArray()))
            .get(
                AlgorithmIdentifier.getInstance(
                    PublicKeys.signatureAlgorithm(key.algorithm()).toArray()));
    try (OutputStream in = verifier.getOutputStream()) {
      in.write(message);
    }
    return verifier.verify(signature);
  }

  public static byte[] encrypt(TokenKey key, Scheme scheme, byte[] secret) throws Exception {
    PublicKey recipient =
        KeyFactory.getInstance("RSA", BOUNCY_CASTLE)
            .generatePublic(new X509EncodedKeySpec(key.publicKey().toArray()));
    Cipher cipher;
    switch (scheme) {
      case RSA_OAEP_SHA256 -> {
        cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", BOUNCY_CASTLE);
        cipher.init(
            Cipher.ENCRYPT_MODE,
            recipient,
            new OAEPParameterSpec(
                "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
      }
      case RSA_PKCS1 -> {
        cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", BOUNCY_CASTLE);
        cipher.init(Cipher.ENCRYPT_MODE, recipient);
      }
      default -> throw new IllegalArgumentException(scheme.name());
    }
    return cipher.doFinal(secret);
  }
}
