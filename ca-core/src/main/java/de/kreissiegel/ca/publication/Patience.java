package de.kreissiegel.ca.publication;

import java.time.Duration;
import java.time.Instant;

/** How long a directory that doesn't answer is left alone. Not safe for several threads. */
final class Patience {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LONGEST_AFTER_REFUSAL = Duration.ofHours(1);

  private int failures;
  private Instant again = Instant.MIN;

  boolean isLeftAlone(Instant now) {
    return now.isBefore(again);
  }

  boolean isOut() {
    return failures > 0;
  }

  /** It didn't answer: 1 second, then twice as long each time, half a minute at most. */
  Duration failed(Instant now) {
    Duration pause = doubled(Duration.ofSeconds(1), ++failures, LONGEST);
    again = now.plus(pause);
    return pause;
  }

  void worked() {
    failures = 0;
    again = Instant.MIN;
  }

  /** After a refusal: half a minute, then twice as long each time, an hour at most. */
  static Duration afterRefusal(int attempts) {
    return doubled(Duration.ofSeconds(30), attempts, LONGEST_AFTER_REFUSAL);
  }

  private static Duration doubled(Duration first, int times, Duration longest) {
    Duration pause = first.multipliedBy(1L << Math.clamp(times - 1L, 0, 20));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
