package de.kreissiegel.ca.keyfile;

import java.security.SecureRandom;

/**
 * Passwords of files: 25 signs out of 31, which is 123.9 bits, in five groups. The signs are those
 * that nobody mistakes for each other on paper or by phone; the browser's files have the same.
 */
public final class TransportPassword {
  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int GROUPS = 5;
  private static final int GROUP = 5;

  private TransportPassword() {}

  /** A random one; the hyphens belong to it. */
  public static char[] random(SecureRandom random) {
    char[] password = new char[GROUPS * (GROUP + 1) - 1];
    for (int i = 0; i < password.length; i++) {
      password[i] =
          i % (GROUP + 1) == GROUP ? '-' : ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    return password;
  }
}
