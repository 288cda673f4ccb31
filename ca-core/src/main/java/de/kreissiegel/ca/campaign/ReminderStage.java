package de.kreissiegel.ca.campaign;

import java.time.Duration;
import java.time.Instant;

/** At which times holders are reminded: at half time, and near the end. */
final class ReminderStage {
  /** Nobody gets two letters of a campaign within fewer days. */
  static final Duration APART = Duration.ofDays(3);

  private static final Duration NEAR = Duration.ofDays(7);

  private ReminderStage() {}

  /**
   * How many reminders are due.
   *
   * @param start when the campaign began
   * @param end when its day ends
   * @return 0, 1 or 2; after the end nobody is reminded: 0
   */
  static int of(Instant start, Instant end, Instant now) {
    Duration all = Duration.between(start, end);
    if (all.isNegative() || !now.isBefore(end)) {
      return 0;
    }
    Instant half = start.plus(all.dividedBy(2));
    Instant threeQuarters = start.plus(all.dividedBy(4).multipliedBy(3));
    Instant near = end.minus(NEAR).isAfter(threeQuarters) ? end.minus(NEAR) : threeQuarters;
    if (!now.isBefore(near)) {
      return 2;
    }
    return now.isBefore(half) ? 0 : 1;
  }
}
