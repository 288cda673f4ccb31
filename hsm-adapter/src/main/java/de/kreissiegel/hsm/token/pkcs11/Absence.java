package de.kreissiegel.hsm.token.pkcs11;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Since when a token fails, why, and when it is worth another try. */
final class Absence {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final long FIRST_PAUSE_MILLIS = 500;

  private final Clock clock;
  private volatile String why = "not connected yet";
  private volatile Instant nextTry = Instant.MIN;
  private volatile int failures;

  Absence(Clock clock) {
    this.clock = clock;
  }

  /** It worked a moment ago: the next try is at once. */
  synchronized void begins(String reason) {
    failures++;
    why = reason;
    nextTry = Instant.MIN;
  }

  /** It may not be lost, but its library must be started anew to know. */
  synchronized void suspected(String reason) {
    begins(reason);
    failures = Math.max(failures, 2);
  }

  /** It can't be connected: each time the pause is twice as long, up to a minute. */
  synchronized void goesOn(String reason) {
    failures++;
    why = reason;
    Duration pause = Duration.ofMillis(FIRST_PAUSE_MILLIS << Math.min(failures, 8));
    nextTry = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
  }

  /** A session did its work. */
  void ends() {
    if (failures != 0) {
      failures = 0;
    }
  }

  /** Whether connecting sessions anew wasn't enough. */
  boolean stubborn() {
    return failures > 1;
  }

  boolean tooEarly() {
    return clock.instant().isBefore(nextTry);
  }

  /** Why it failed last. */
  String why() {
    return why;
  }

  /** When it is tried again, as the end of a sentence. */
  String nextTry() {
    return tooEarly() ? "at " + nextTry.truncatedTo(ChronoUnit.SECONDS) : "with the next request";
  }
}
