package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.CrlSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When which list is to be made. */
final class CrlSchedule {
  /** Which kind is due. */
  enum Due {
    FULL,
    DELTA
  }

  private CrlSchedule() {}

  /**
   * What of a line is due. A full list when half of its time is over, and where there are no deltas
   * when a status has changed; a delta for each change, and when half of its time is over.
   */
  static Optional<Due> of(CrlSettings settings, CrlLine line, Instant now) {
    if (line.full().isEmpty()) {
      return Optional.of(Due.FULL);
    }
    CrlHead full = line.full().get();
    if (!now.isBefore(halfOf(full, settings.validity()))) {
      return Optional.of(Due.FULL);
    }
    if (settings.delta().isPresent()) {
      return deltaDue(line, full, settings.delta().get(), now)
          ? Optional.of(Due.DELTA)
          : Optional.empty();
    }
    boolean changed = full.statusVersion() != line.statusVersion();
    return changed && !isWithin(settings.pause(), full, now)
        ? Optional.of(Due.FULL)
        : Optional.empty();
  }

  /** Whether so little time has gone by since; a clock that went back says nothing. */
  private static boolean isWithin(Duration pause, CrlHead list, Instant now) {
    return !now.isBefore(list.thisUpdate()) && now.isBefore(list.thisUpdate().plus(pause));
  }

  private static boolean deltaDue(CrlLine line, CrlHead full, Duration validity, Instant now) {
    if (isWithin(Duration.ofSeconds(1), full, now)) {
      // Two of one time must have one number and say the same (RFC 5280 §5.2.4).
      return false;
    }
    if (line.delta().isEmpty()) {
      return true;
    }
    // Also where a newer full list has told of the change: who has an older one asks for the delta.
    CrlHead delta = line.delta().get();
    return delta.statusVersion() != line.statusVersion() || !now.isBefore(halfOf(delta, validity));
  }

  /** When half of its time is over: its own, or what is set now, whichever is less. */
  private static Instant halfOf(CrlHead list, Duration validity) {
    Duration own = Duration.between(list.thisUpdate(), list.nextUpdate());
    return list.thisUpdate().plus((own.compareTo(validity) < 0 ? own : validity).dividedBy(2));
  }
}
