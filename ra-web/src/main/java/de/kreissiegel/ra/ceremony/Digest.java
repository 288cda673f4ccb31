package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** SHA-256, and how people compare it. */
final class Digest {
  private Digest() {}

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Bytes sha256(byte[] octets) {
    return Bytes.of(newSha256().digest(octets));
  }

  /** In groups of four digits, upper case. */
  static String grouped(Bytes digest) {
    return digest.toHex().toUpperCase(Locale.ROOT).replaceAll("(.{4})(?=.)", "$1 ");
  }
}
