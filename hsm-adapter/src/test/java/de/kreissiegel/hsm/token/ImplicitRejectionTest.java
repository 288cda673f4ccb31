package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ImplicitRejectionTest {
  private static final int OCTETS = 384;
  private static final BigInteger EXPONENT = BigInteger.TWO.pow(3000).add(BigInteger.TEN);
  private static final byte[] ENCRYPTED = new byte[OCTETS];

  private ImplicitRejection rejection;

  @BeforeEach
  void begin() throws Exception {
    rejection = new ImplicitRejection(OCTETS, EXPONENT);
  }

  private static byte[] padded(int messageLength) {
    byte[] padded = new byte[OCTETS];
    Arrays.fill(padded, (byte) 0xaa);
    padded[0] = 0;
    padded[1] = 2;
    padded[OCTETS - messageLength - 1] = 0;
    for (int i = OCTETS - messageLength; i < OCTETS; i++) {
      padded[i] = (byte) i;
    }
    return padded;
  }

  @Test
  void takesGoodPaddingAway() throws Exception {
    for (int length = 0; length <= OCTETS - 11; length++) {
      byte[] padded = padded(length);
      assertThat(rejection.unpad(padded, ENCRYPTED))
          .isEqualTo(Arrays.copyOfRange(padded, OCTETS - length, OCTETS));
    }
  }

  @Test
  void keepsZerosInTheMessage() throws Exception {
    byte[] padded = padded(32);
    Arrays.fill(padded, OCTETS - 32, OCTETS, (byte) 0);
    assertThat(rejection.unpad(padded, ENCRYPTED)).isEqualTo(new byte[32]);
  }

  @Test
  void answersEveryBadPaddingAlike() throws Exception {
    byte[] expected = expected(ENCRYPTED);
    byte[] firstOctet = padded(32);
    firstOctet[0] = 1;
    byte[] otherType = padded(32);
    otherType[1] = 1;
    byte[] noSeparator = padded(32);
    for (int i = 2; i < OCTETS; i++) {
      noSeparator[i] = 1;
    }
    byte[] shortFilling = padded(OCTETS - 10);
    byte[] zeroInFilling = padded(32);
    zeroInFilling[9] = 0;
    for (byte[] bad :
        new byte[][] {
          firstOctet, otherType, noSeparator, shortFilling, zeroInFilling, new byte[OCTETS]
        }) {
      assertThat(rejection.unpad(bad, ENCRYPTED)).isEqualTo(expected);
    }
    byte[] enoughFilling = padded(32);
    enoughFilling[10] = 0;
    assertThat(rejection.unpad(enoughFilling, ENCRYPTED)).hasSize(OCTETS - 11);
  }

  @Test
  void givesOtherOctetsForOtherCiphertextsAndKeys() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<Integer> lengths = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      byte[] encrypted = new byte[OCTETS];
      random.nextBytes(encrypted);
      byte[] answer = rejection.unpad(new byte[OCTETS], encrypted);
      assertThat(answer).as("seed %d", seed).isEqualTo(expected(encrypted));
      lengths.add(answer.length);
    }
    assertThat(lengths).as("seed %d", seed).hasSizeGreaterThan(20);
    assertThat(
            new ImplicitRejection(OCTETS, EXPONENT.add(BigInteger.ONE))
                .unpad(new byte[OCTETS], ENCRYPTED))
        .isNotEqualTo(expected(ENCRYPTED));
  }

  /** The draft's algorithm once more, plainly, with big numbers instead of masks. */
  private static byte[] expected(byte[] encrypted) throws Exception {
    byte[] exponent = EXPONENT.toByteArray();
    byte[] octets = new byte[OCTETS];
    System.arraycopy(exponent, 0, octets, OCTETS - exponent.length, exponent.length);
    byte[] key = hmac(MessageDigest.getInstance("SHA-256").digest(octets), encrypted);
    byte[] lengths = expand(key, "length", 256);
    byte[] message = expand(key, "message", OCTETS);
    int length = 0;
    for (int i = 0; i < 256; i += 2) {
      int candidate =
          new BigInteger(1, new byte[] {lengths[i], lengths[i + 1]})
              .mod(BigInteger.valueOf(512)) // the power of two above 374
              .intValue();
      length = candidate < OCTETS - 10 ? candidate : length;
    }
    return Arrays.copyOfRange(message, OCTETS - length, OCTETS);
  }

  private static byte[] expand(byte[] key, String label, int length) throws Exception {
    byte[] out = new byte[0];
    for (int i = 0; out.length < length; i++) {
      byte[] in = new byte[2 + label.length() + 2];
      in[1] = (byte) i;
      System.arraycopy(label.getBytes("US-ASCII"), 0, in, 2, label.length());
      in[in.length - 2] = (byte) (length * 8 >> 8);
      in[in.length - 1] = (byte) (length * 8);
      byte[] block = hmac(key, in);
      byte[] longer = Arrays.copyOf(out, out.length + block.length);
      System.arraycopy(block, 0, longer, out.length, block.length);
      out = longer;
    }
    return Arrays.copyOf(out, length);
  }

  private static byte[] hmac(byte[] key, byte[] octets) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(octets);
  }
}
