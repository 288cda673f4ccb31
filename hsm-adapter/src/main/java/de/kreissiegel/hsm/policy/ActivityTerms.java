package de.kreissiegel.hsm.policy;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When an active key is locked again (TR-03145-1 PRC.Req.8).
 *
 * @param idle after so long without a signature
 * @param hours when it may be active at all
 * @throws IllegalArgumentException if neither is given
 */
public record ActivityTerms(Optional<Duration> idle, Optional<Hours> hours) {
  public ActivityTerms {
    if (idle.isEmpty() && hours.isEmpty()) {
      throw new IllegalArgumentException("give \"idle\" or \"hours\", or take it away");
    }
  }

  /**
   * Daily hours; from 22:00 to 05:00 are those of the night.
   *
   * @param from inclusive
   * @param to exclusive
   * @throws IllegalArgumentException if both are the same
   */
  public record Hours(LocalTime from, LocalTime to, ZoneId zone) {
    public Hours {
      if (from.equals(to)) {
        throw new IllegalArgumentException("hours that begin when they end; take them away");
      }
    }
  }
}
