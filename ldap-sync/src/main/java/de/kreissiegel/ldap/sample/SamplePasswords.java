package de.kreissiegel.ldap.sample;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/**
 * The passwords of a sample district. There are none in the project: each installation makes its
 * own.
 *
 * @param people of every invented person
 * @param service of the account by which Kreissiegel reads and publishes
 * @param administrator of the directory's administrator
 */
public record SamplePasswords(String people, String service, String administrator) {
  /** No 0, O, 1, l, I: somebody will type it. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  public SamplePasswords {
    if (people.isEmpty() || service.isEmpty() || administrator.isEmpty()) {
      throw new IllegalArgumentException("no password may be empty");
    }
  }

  /** Three new ones: 12 characters for people (70 bits), 24 for the accounts. */
  public static SamplePasswords random(SecureRandom random) {
    return new SamplePasswords(letters(random, 12), letters(random, 24), letters(random, 24));
  }

  private static String letters(SecureRandom random, int count) {
    return random
        .ints(count, 0, LETTERS.length())
        .mapToObj(i -> LETTERS.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  /** Shows none of them. */
  @Override
  public String toString() {
    return "SamplePasswords[hidden]";
  }
}
