package de.kreissiegel.hsm.token;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.BigIntegers;

/**
 * Takes the padding of PKCS#1 v1.5 (RFC 8017 §7.2.2) away without telling whether it was right: a
 * wrong one gives octets that look random, always the same for the same ciphertext. As in
 * draft-irtf-cfrg-rsa-guidance §7, and so as OpenSSL 3.2 does it. No branch and no index depends on
 * what was decrypted; the length of the answer is what remains to be seen.
 */
public final class ImplicitRejection {
  private static final int LENGTHS_TRIED = 128;
  private static final int SHORTEST_FILLING = 8;
  private static final byte[] LENGTH = "length".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTENT = "message".getBytes(StandardCharsets.US_ASCII);

  private final int octets;
  private final byte[] secret;

  /**
   * @param octets the modulus' length
   */
  ImplicitRejection(int octets, BigInteger privateExponent) throws GeneralSecurityException {
    this.octets = octets;
    byte[] exponent = BigIntegers.asUnsignedByteArray(octets, privateExponent);
    this.secret = MessageDigest.getInstance("SHA-256").digest(exponent);
    Arrays.fill(exponent, (byte) 0);
  }

  private ImplicitRejection(int octets, byte[] secret) {
    this.octets = octets;
    this.secret = secret;
  }

  /**
   * For a key whose private exponent nobody sees.
   *
   * @param octets the modulus' length
   * @param secret 32 octets that belong to the key alone
   */
  public static ImplicitRejection of(int octets, byte[] secret) {
    return new ImplicitRejection(octets, secret.clone());
  }

  /**
   * The message, or octets in its place.
   *
   * @param padded what RSA gave, as long as the modulus
   * @param encrypted what RSA was given
   */
  public byte[] unpad(byte[] padded, byte[] encrypted) throws GeneralSecurityException {
    byte[] seed = hmac(secret, encrypted);
    byte[] other = expand(seed, CONTENT, octets);
    int otherStart = octets - otherLength(expand(seed, LENGTH, 2 * LENGTHS_TRIED));

    int separator = 0;
    int searching = -1;
    for (int i = 2; i < octets; i++) {
      int found = searching & isZero(padded[i]);
      separator |= found & i;
      searching &= ~found;
    }
    int good =
        isZero(padded[0])
            & isZero(padded[1] ^ 2)
            & ~searching
            & ~isLess(separator, 2 + SHORTEST_FILLING);

    byte[] chosen = new byte[octets];
    for (int i = 0; i < octets; i++) {
      chosen[i] = (byte) ((good & padded[i]) | (~good & other[i]));
    }
    int start = (good & (separator + 1)) | (~good & otherStart);
    byte[] message = Arrays.copyOfRange(chosen, start, octets);
    Arrays.fill(chosen, (byte) 0);
    return message;
  }

  /** The last of the candidates that a message of this key could have. */
  private int otherLength(byte[] candidates) {
    int bound = octets - 2 - SHORTEST_FILLING;
    int mask = (Integer.highestOneBit(bound) << 1) - 1;
    int length = 0;
    for (int i = 0; i < LENGTHS_TRIED; i++) {
      int candidate = (((candidates[2 * i] & 0xff) << 8) | (candidates[2 * i + 1] & 0xff)) & mask;
      int fits = isLess(candidate, bound);
      length = (fits & candidate) | (~fits & length);
    }
    return length;
  }

  private static byte[] expand(byte[] seed, byte[] label, int length)
      throws GeneralSecurityException {
    ByteBuffer out = ByteBuffer.allocate((length + 31) / 32 * 32);
    for (short block = 0; out.hasRemaining(); block++) {
      ByteBuffer in = ByteBuffer.allocate(2 + label.length + 2);
      in.putShort(block).put(label).putShort((short) (8 * length));
      out.put(hmac(seed, in.array()));
    }
    return Arrays.copyOf(out.array(), length);
  }

  private static byte[] hmac(byte[] key, byte[] octets) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256", SignatureProviders.bouncyCastle());
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(octets);
  }

  /** All bits set if the octet is zero, none otherwise. */
  private static int isZero(int octet) {
    return ((octet & 0xff) - 1) >> 31;
  }

  /** All bits set if it is less, none otherwise; both are small and not negative. */
  private static int isLess(int left, int right) {
    return (left - right) >> 31;
  }

  void forget() {
    Arrays.fill(secret, (byte) 0);
  }
}
