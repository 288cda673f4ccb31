package de.kreissiegel.ca.handover;

import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * What is stored of the six digits that a person reads at the desk and types on the phone. No slow
 * hash would hide a million values from whoever reads the database; what they lack is the file's
 * key, which was never here.
 *
 * @param salt 16 octets
 * @param hash SHA-256 of salt and digits
 */
public record HandoverCode(Bytes salt, Bytes hash) {
  private static final int SALT = 16;
  private static final int VALUES = 1_000_000;

  /** Six digits. */
  static String random(SecureRandom random) {
    return "%06d".formatted(random.nextInt(VALUES));
  }

  static HandoverCode of(String digits, SecureRandom random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    return new HandoverCode(Bytes.of(salt), hash(salt, digits));
  }

  /** Whether it is of these digits, in a time that doesn't tell how much of it is alike. */
  boolean fits(String digits) {
    return MessageDigest.isEqual(hash.toArray(), hash(salt.toArray(), digits).toArray());
  }

  private static Bytes hash(byte[] salt, String digits) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return Bytes.of(digest.digest(digits.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
