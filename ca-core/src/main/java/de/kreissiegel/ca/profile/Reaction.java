package de.kreissiegel.ca.profile;

import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/** What becomes of a certificate when the directory says something of its holder. */
public sealed interface Reaction {
  /** Nothing. */
  record Keep() implements Reaction {}

  /**
   * It is revoked.
   *
   * @param after so long afterwards; zero for at once
   */
  record Revoke(Duration after) implements Reaction {}

  /**
   * It is suspended at once.
   *
   * @param until revoked after this time, unless its holder returned; empty for held until then
   */
  record Suspend(Optional<Duration> until) implements Reaction {}

  /** Whether the certificate can't be used any more, now or later. */
  default boolean takesAway() {
    return !(this instanceof Keep);
  }

  /**
   * Reads {@code keep}, {@code revoke}, {@code revoke P14D}, {@code suspend} or {@code suspend
   * P30D}.
   *
   * @throws IllegalArgumentException if it is none of them, or for longer than three years
   */
  static Reaction of(String text) {
    String[] words = text.strip().split("\\s+");
    if (words.length > 2) {
      throw new IllegalArgumentException("more than two words: " + text);
    }
    Optional<Duration> term = words.length == 2 ? Optional.of(days(words[1], 1)) : Optional.empty();
    if (words[0].equals("keep") && term.isEmpty()) {
      return new Keep();
    }
    return switch (words[0]) {
      case "revoke" -> new Revoke(term.orElse(Duration.ZERO));
      case "suspend" -> new Suspend(term);
      default -> throw new IllegalArgumentException("no such reaction: " + text);
    };
  }

  /**
   * Reads days as {@code P180D}.
   *
   * @throws IllegalArgumentException unless they are so many, and three years at most
   */
  static Duration days(String text, int least) {
    Period period = Period.parse(text);
    boolean sound =
        period.getYears() == 0
            && period.getMonths() == 0
            && period.getDays() >= least
            && period.getDays() <= 1096;
    if (!sound) {
      throw new IllegalArgumentException("not a number of days: " + text);
    }
    return Duration.ofDays(period.getDays());
  }
}
