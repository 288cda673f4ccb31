package de.kreissiegel.ca.breakglass;

import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * A code that lies in a sealed envelope: 30 characters of 32 that don't look alike, 150 random
 * bits, in groups of five. Nobody guesses one, so what is stored is its SHA-256, by which it is
 * found.
 */
public final class EmergencyCode {
  static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  private static final int LENGTH = 30;
  private static final int GROUP = 5;
  private static final int LONGEST_INPUT = 80;

  private final String characters;

  private EmergencyCode(String characters) {
    this.characters = characters;
  }

  static EmergencyCode random(SecureRandom random) {
    var characters = new StringBuilder(LENGTH);
    for (int place = 0; place < LENGTH; place++) {
      characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new EmergencyCode(characters.toString());
  }

  /** What was typed, with or without blanks and hyphens; empty if it can't be a code. */
  static Optional<EmergencyCode> read(String typed) {
    if (typed.length() > LONGEST_INPUT) {
      return Optional.empty();
    }
    String characters = typed.replaceAll("[\\s\\u00a0-]", "").toUpperCase(Locale.ROOT);
    return characters.length() == LENGTH
            && characters.chars().allMatch(one -> ALPHABET.indexOf(one) >= 0)
        ? Optional.of(new EmergencyCode(characters))
        : Optional.empty();
  }

  /** For the envelope, once: six groups of five. */
  public String inGroups() {
    return String.join("-", characters.split("(?<=\\G.{" + GROUP + "})"));
  }

  Bytes hash() {
    return Bytes.of(characters.getBytes(StandardCharsets.US_ASCII)).sha256();
  }

  /** Doesn't tell it. */
  @Override
  public String toString() {
    return "an emergency code";
  }
}
