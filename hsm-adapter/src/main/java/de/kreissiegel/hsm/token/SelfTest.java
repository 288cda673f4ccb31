package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyAlgorithm.Family;
import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/**
 * Lets a provider compute before anybody relies on it, with Bouncy Castle as the judge. RSA is
 * tried with a key that everybody may know, which lies beside this class: to make one takes long.
 */
final class SelfTest {
  private static final String KNOWN_RSA_KEY = "self-test-rsa-3072.p8";
  private static final byte[] MESSAGE =
      "signed by one provider, judged by another".getBytes(StandardCharsets.US_ASCII);
  private static final Provider JUDGE = SignatureProviders.bouncyCastle();

  private final SecureRandom randomness;

  SelfTest(SecureRandom randomness) {
    this.randomness = randomness;
  }

  /** What is wrong with the provider; nothing if it computes as it should. */
  Optional<String> complaint(KeyAlgorithm algorithm, Provider provider) {
    try {
      KeyPair pair = pair(algorithm);
      PrivateKey key =
          PrivateKeys.decode(
              algorithm, PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded()), provider);
      boolean good =
          algorithm.signs()
              ? signs(algorithm, provider, key, pair.getPublic())
              : decrypts(provider, key, pair.getPublic());
      return good ? Optional.empty() : Optional.of("it computes wrongly");
    } catch (GeneralSecurityException | IOException | LinkageError | RuntimeException failed) {
      return Optional.of(failed.toString());
    }
  }

  /** Twice with one object, as active keys do it. */
  private boolean signs(
      KeyAlgorithm algorithm, Provider provider, PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    Signature signature = SignatureProviders.signature(algorithm, provider);
    signature.initSign(key, randomness);
    boolean first = verified(algorithm, publicKey, signature);
    boolean again = verified(algorithm, publicKey, signature);
    return first && again;
  }

  private static boolean verified(KeyAlgorithm algorithm, PublicKey publicKey, Signature signature)
      throws GeneralSecurityException {
    signature.update(MESSAGE);
    Signature verifier = SignatureProviders.signature(algorithm, JUDGE);
    verifier.initVerify(publicKey);
    verifier.update(MESSAGE);
    return verifier.verify(signature.sign());
  }

  private static boolean decrypts(Provider provider, PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    RsaDecryption decryption = new RsaDecryption(key, provider);
    try {
      for (Scheme scheme : Scheme.values()) {
        Cipher cipher = RsaDecryption.cipher(scheme, Cipher.ENCRYPT_MODE, publicKey, JUDGE);
        if (!Arrays.equals(MESSAGE, decryption.decrypt(scheme, cipher.doFinal(MESSAGE)))) {
          return false;
        }
      }
      return true;
    } catch (NotDecrypted wrong) {
      return false;
    }
  }

  private KeyPair pair(KeyAlgorithm algorithm) throws GeneralSecurityException, IOException {
    return algorithm.family() == Family.RSA ? knownRsaKey() : KeyPairs.make(algorithm, randomness);
  }

  private static KeyPair knownRsaKey() throws GeneralSecurityException, IOException {
    try (InputStream in = SelfTest.class.getResourceAsStream(KNOWN_RSA_KEY)) {
      if (in == null) {
        throw new IOException("the key for the test is missing");
      }
      KeyFactory factory = KeyFactory.getInstance("RSA", JUDGE);
      PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(in.readAllBytes()));
      if (!(key instanceof RSAPrivateCrtKey rsa)) {
        throw new IOException("the key for the test has no factors");
      }
      return new KeyPair(
          factory.generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())),
          key);
    }
  }
}
