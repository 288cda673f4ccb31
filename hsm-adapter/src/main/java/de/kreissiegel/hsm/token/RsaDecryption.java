package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.ReleaseRequest.Scheme;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.util.BigIntegers;

/** Decrypts with an RSA key (RFC 8017 §7). Safe for use by many threads. */
final class RsaDecryption {
  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec(
          "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

  private final PrivateKey key;
  private final Provider provider;
  private final BigInteger modulus;
  private final int octets;
  private final ImplicitRejection rejection;

  RsaDecryption(PrivateKey key, Provider provider) throws GeneralSecurityException {
    if (!(key instanceof RSAPrivateCrtKey rsa)) {
      throw new GeneralSecurityException("not an RSA key with its factors");
    }
    this.key = key;
    this.provider = provider;
    this.modulus = rsa.getModulus();
    this.octets = (modulus.bitLength() + 7) / 8;
    this.rejection = new ImplicitRejection(octets, rsa.getPrivateExponent());
  }

  byte[] decrypt(Scheme scheme, byte[] encrypted) throws NotDecrypted {
    try {
      return switch (scheme) {
        case RSA_OAEP_SHA256 -> oaep(encrypted);
        case RSA_PKCS1 -> rejection.unpad(raw(encrypted), encrypted);
      };
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the crypto provider can't decrypt", broken);
    }
  }

  /** One that pads as the scheme says. */
  static Cipher cipher(Scheme scheme, int mode, Key key, Provider provider)
      throws GeneralSecurityException {
    switch (scheme) {
      case RSA_OAEP_SHA256 -> {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", provider);
        cipher.init(mode, key, OAEP);
        return cipher;
      }
      case RSA_PKCS1 -> {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", provider);
        cipher.init(mode, key);
        return cipher;
      }
    }
    throw new IllegalStateException(scheme.name());
  }

  private byte[] oaep(byte[] encrypted) throws NotDecrypted {
    try {
      if (inRange(encrypted)) {
        return cipher(Scheme.RSA_OAEP_SHA256, Cipher.DECRYPT_MODE, key, provider)
            .doFinal(encrypted);
      }
    } catch (GeneralSecurityException | RuntimeException whatever) {
      // One answer for all reasons: which of them it was helps an attacker (RFC 8017 §7.1.2).
    }
    throw new NotDecrypted("it was not encrypted to this key by OAEP with SHA-256");
  }

  /** What RSA alone gives, as long as the modulus; zeros, which are no padding, out of range. */
  private byte[] raw(byte[] encrypted) throws GeneralSecurityException {
    byte[] padded = new byte[octets];
    if (inRange(encrypted)) {
      Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding", provider);
      cipher.init(Cipher.DECRYPT_MODE, key);
      byte[] number = cipher.doFinal(encrypted);
      System.arraycopy(number, 0, padded, octets - number.length, number.length);
      Arrays.fill(number, (byte) 0);
    }
    return padded;
  }

  private boolean inRange(byte[] encrypted) {
    return encrypted.length == octets
        && BigIntegers.fromUnsignedByteArray(encrypted).compareTo(modulus) < 0;
  }

  void forget() {
    rejection.forget();
  }
}
