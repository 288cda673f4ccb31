package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import de.kreissiegel.hsm.token.ImplicitRejection;
import de.kreissiegel.hsm.token.NotDecrypted;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;

/** Decrypts with an RSA key on the token (RFC 8017 §7). Safe for use by many threads. */
final class Decryption {
  private final RawRsa rsa;
  private final ImplicitRejection rejection;

  private Decryption(RawRsa rsa, ImplicitRejection rejection) {
    this.rsa = rsa;
    this.rejection = rejection;
  }

  /**
   * What stands in for a wrong padding must be the same for the same ciphertext, on every node and
   * after every start, and nobody else may compute it. So its secret comes from the key: what RSA
   * makes of a fixed number, which no request can get out, since it is no padding.
   */
  static Decryption with(RawRsa rsa) throws TokenUnavailable {
    byte[] fixed = new byte[rsa.octets()];
    byte[] word = "Kreissiegel: implicit rejection".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(word, 0, fixed, 1, word.length);
    byte[] computed = rsa.compute(fixed);
    try {
      return new Decryption(
          rsa,
          ImplicitRejection.of(
              rsa.octets(), MessageDigest.getInstance("SHA-256").digest(computed)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      Arrays.fill(computed, (byte) 0);
    }
  }

  byte[] decrypt(Scheme scheme, byte[] encrypted) throws TokenUnavailable, NotDecrypted {
    byte[] padded = rsa.compute(encrypted);
    try {
      return switch (scheme) {
        case RSA_OAEP_SHA256 -> oaep(padded);
        case RSA_PKCS1 -> rejection.unpad(padded, encrypted);
      };
    } catch (InvalidCipherTextException wrong) {
      throw new NotDecrypted("it was not encrypted to this key by OAEP with SHA-256");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  private static byte[] oaep(byte[] padded) throws InvalidCipherTextException {
    OAEPEncoding padding = new OAEPEncoding(new AlreadyComputed(padded), new SHA256Digest());
    padding.init(false, new CipherParameters() {});
    return padding.processBlock(padded, 0, padded.length);
  }

  /** An RSA whose work is done: Bouncy Castle's OAEP asks for one, and takes the padding away. */
  private static final class AlreadyComputed implements AsymmetricBlockCipher {
    private final byte[] padded;

    AlreadyComputed(byte[] padded) {
      this.padded = padded;
    }

    @Override
    public void init(boolean forEncryption, CipherParameters unused) {}

    @Override
    public int getInputBlockSize() {
      return padded.length;
    }

    @Override
    public int getOutputBlockSize() {
      return padded.length - 1;
    }

    /** Without the first octet if that is zero; else it is too long, which is an error there. */
    @Override
    public byte[] processBlock(byte[] in, int from, int length) {
      return Arrays.copyOfRange(padded, padded[0] == 0 ? 1 : 0, padded.length);
    }
  }
}
