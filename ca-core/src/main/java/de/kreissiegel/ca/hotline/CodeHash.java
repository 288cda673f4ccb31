package de.kreissiegel.ca.hotline;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * What is stored of a code: scrypt (RFC 7914) with N = 2^14, r = 8, p = 1, which takes 16 MiB.
 *
 * @param salt 16 octets
 * @param hash 32 octets
 */
public record CodeHash(Bytes salt, Bytes hash) {
  private static final int SALT = 16;
  private static final int HASH = 32;
  private static final int COST = 1 << 14;
  private static final int BLOCK_SIZE = 8;

  /** One at a time, so that many calls at once don't take much memory. */
  private static final Object ONE_AT_A_TIME = new Object();

  static CodeHash of(PhoneCode code, SecureRandom random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    return new CodeHash(Bytes.of(salt), Bytes.of(hash(code, salt)));
  }

  /** Whether it is of this code, in a time that doesn't tell how much of it is alike. */
  boolean fits(PhoneCode code) {
    return MessageDigest.isEqual(hash.toArray(), hash(code, salt.toArray()));
  }

  private static byte[] hash(PhoneCode code, byte[] salt) {
    synchronized (ONE_AT_A_TIME) {
      return SCrypt.generate(code.octets(), salt, COST, BLOCK_SIZE, 1, HASH);
    }
  }
}
