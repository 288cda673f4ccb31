package de.kreissiegel.ra.launcher;

import java.security.SecureRandom;

/** Makes passwords that people can read out and type. */
final class Secrets {
  /** Without the letters and digits that look like others. 32 of them: 5 bits a character. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private final SecureRandom random;

  Secrets(SecureRandom random) {
    this.random = random;
  }

  /** A passphrase of 26 characters, 130 bits, for what can be attacked offline (BSI TR-02102-1). */
  String passphrase() {
    return make(26);
  }

  private String make(int length) {
    var made = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      made.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return made.toString();
  }
}
