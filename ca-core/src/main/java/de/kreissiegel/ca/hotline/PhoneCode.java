package de.kreissiegel.ca.hotline;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A code that is said on the phone: 15 random characters and a check character, in four groups of
 * four, as {@code F7H2 9MRX 45UW J83Y}. There are 17 characters, none of which looks like another
 * or, named in German, sounds like another; 17^15 is more than 2^61.
 *
 * <p>17 is a prime and each place has a weight of its own: so the check character gives away every
 * single wrong character and every two that changed places (as with ISBN-10).
 */
public final class PhoneCode {
  static final String ALPHABET = "23456789FHJMRUWXY";
  static final int LENGTH = 16;
  private static final int GROUP = 4;

  /** More than anybody types, blanks included. */
  private static final int LONGEST_INPUT = 64;

  private final String characters;

  private PhoneCode(String characters) {
    this.characters = characters;
  }

  static PhoneCode random(SecureRandom random) {
    var characters = new StringBuilder(LENGTH);
    for (int place = 0; place < LENGTH - 1; place++) {
      characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    // The last weight is -1, so what the others add up to is the check character.
    characters.append(ALPHABET.charAt(sum(characters)));
    return new PhoneCode(characters.toString());
  }

  /**
   * What was typed, in small or large letters, with or without blanks and hyphens; empty if it
   * can't be a code: another length, another character, or the check character doesn't fit.
   */
  static Optional<PhoneCode> read(String typed) {
    if (typed.length() > LONGEST_INPUT) {
      return Optional.empty();
    }
    String characters = typed.replaceAll("[\\s\\u00a0-]", "").toUpperCase(Locale.ROOT);
    boolean possible =
        characters.length() == LENGTH
            && characters.chars().allMatch(one -> ALPHABET.indexOf(one) >= 0)
            && sum(characters) == 0;
    return possible ? Optional.of(new PhoneCode(characters)) : Optional.empty();
  }

  /** Each character's number times its place from 1 on, modulo 17. */
  private static int sum(CharSequence characters) {
    int sum = 0;
    for (int place = 0; place < characters.length(); place++) {
      sum += (place + 1) * ALPHABET.indexOf(characters.charAt(place));
    }
    return sum % ALPHABET.length();
  }

  /** For the one person whose it is, once: four groups of four. */
  public String inGroups() {
    return String.join(" ", characters.split("(?<=\\G.{" + GROUP + "})"));
  }

  byte[] octets() {
    return characters.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether both are one code, in a time that doesn't tell how much of them is alike. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PhoneCode code
        && java.security.MessageDigest.isEqual(octets(), code.octets());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets());
  }

  /** Doesn't tell it. */
  @Override
  public String toString() {
    return "a phone code";
  }
}
