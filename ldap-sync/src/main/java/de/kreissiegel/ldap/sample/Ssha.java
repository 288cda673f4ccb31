package de.kreissiegel.ldap.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The {@code {SSHA}} form of a password: what {@code slapd} takes without a further module. It is
 * weak (one SHA-1), which the length of the random passwords makes up for.
 */
final class Ssha {
  private static final int SALT = 8;

  private Ssha() {}

  /** With a salt that follows from the entry's name, so that the LDIF is the same each time. */
  static String of(String password, String entryName) {
    try {
      byte[] salt =
          Arrays.copyOf(
              MessageDigest.getInstance("SHA-256").digest(entryName.getBytes(UTF_8)), SALT);
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(password.getBytes(UTF_8));
      sha1.update(salt);
      byte[] digest = sha1.digest();
      byte[] both = Arrays.copyOf(digest, digest.length + SALT);
      System.arraycopy(salt, 0, both, digest.length, SALT);
      return "{SSHA}" + Base64.getEncoder().encodeToString(both);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
