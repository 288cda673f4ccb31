package de.kreissiegel.ca.recovery;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A key in clear, for as long as it takes to put it into a file. Our array is wiped; what libraries
 * copied of it stays until Java's garbage collector writes over it.
 */
final class OpenedKey implements AutoCloseable {
  private static final Provider PROVIDER = new BouncyCastleProvider();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int WRAPPING_KEY = 32;
  private static final byte[] PROBE = "whose key is this?".getBytes(StandardCharsets.US_ASCII);

  private final byte[] encoded;

  private OpenedKey(byte[] encoded) {
    this.encoded = encoded;
  }

  /** It isn't what it should be: a copy that can't be opened, or of another key. */
  static final class Damaged extends Exception {
    private static final long serialVersionUID = 1L;

    Damaged(String why) {
      super(why);
    }
  }

  /**
   * Unwraps a copy and makes sure that it is the certificate's key.
   *
   * @param wrappingKey 32 octets; left as they are
   * @param keyHash SHA-256 of the SubjectPublicKeyInfo, which the copy is bound to
   */
  static OpenedKey of(Bytes wrapped, byte[] wrappingKey, Bytes keyHash, X509Certificate certificate)
      throws Damaged {
    var opened = new OpenedKey(unwrapped(wrapped.toArray(), wrappingKey, keyHash));
    try {
      opened.requireOf(certificate);
      return opened;
    } catch (Damaged other) {
      opened.close();
      throw other;
    }
  }

  private static byte[] unwrapped(byte[] wrapped, byte[] wrappingKey, Bytes keyHash)
      throws Damaged {
    if (wrappingKey.length != WRAPPING_KEY || wrapped.length <= NONCE) {
      throw new Damaged("the wrapping key is none");
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(wrappingKey, "AES"),
          new GCMParameterSpec(TAG_BITS, wrapped, 0, NONCE));
      cipher.updateAAD(keyHash.toHex().getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(wrapped, NONCE, wrapped.length - NONCE);
    } catch (GeneralSecurityException altered) {
      throw new Damaged("the copy doesn't open");
    }
  }

  /** What it signs, the certificate verifies: for this question alone. */
  private void requireOf(X509Certificate certificate) throws Damaged {
    try {
      PrivateKey key = BouncyCastleProvider.getPrivateKey(PrivateKeyInfo.getInstance(encoded));
      String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      Signature signing = Signature.getInstance(algorithm, PROVIDER);
      signing.initSign(key);
      signing.update(PROBE);
      Signature verifying = Signature.getInstance(algorithm, PROVIDER);
      verifying.initVerify(
          BouncyCastleProvider.getPublicKey(
              SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded())));
      verifying.update(PROBE);
      if (!verifying.verify(signing.sign())) {
        throw new Damaged("the copy is of another key");
      }
    } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
      throw new Damaged("the copy is no key of this certificate");
    }
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
