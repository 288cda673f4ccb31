package de.kreissiegel.hsm.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a key may stay in memory.
 *
 * @param idle how long unused; without it, for ever
 * @param hours when on each day; without them, always
 * @throws IllegalArgumentException if the idle time is not positive
 */
public record ActivityRules(Optional<Duration> idle, Optional<Hours> hours) {
  public ActivityRules {
    if (idle.isPresent() && !idle.get().isPositive()) {
      throw new IllegalArgumentException("a key's idle time is positive, not " + idle.get());
    }
  }

  /** A key that stays until somebody locks it. */
  public static ActivityRules always() {
    return new ActivityRules(Optional.empty(), Optional.empty());
  }

  /** Whether a key may be active at that time, as far as its hours go. */
  public boolean open(Instant now) {
    return hours.isEmpty() || hours.get().contains(now);
  }

  /** Why a key is to be locked now, a sentence for a person; empty if it may stay. */
  Optional<String> complaint(Instant lastUsed, Instant now) {
    if (!open(now)) {
      return Optional.of("it is active only at " + hours.orElseThrow());
    }
    return idle.filter(limit -> Duration.between(lastUsed, now).compareTo(limit) >= 0)
        .map(limit -> "it was not used for " + limit.toSeconds() + " s");
  }
}
