package de.kreissiegel.ca.letter;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * On which day before the end of a certificate somebody is reminded. A day is one of the calendar:
 * when clocks change, the reminder still comes at the hour at which the certificate ends.
 *
 * @param stages in days, from many to few
 */
record ReminderCalendar(List<Integer> stages, ZoneId zone) {
  ReminderCalendar {
    stages = List.copyOf(stages);
  }

  /** What ends until then is at this stage, or at a later one. */
  Instant horizon(int stage, Instant now) {
    return now.atZone(zone).plusDays(stage).toInstant();
  }

  /** Whether a later stage has come already: who is reminded once need not be twice. */
  boolean isPassed(int stage, Instant notAfter, Instant now) {
    return stages.stream()
        .filter(later -> later < stage)
        .anyMatch(later -> !notAfter.isAfter(horizon(later, now)));
  }

  /**
   * Nobody is reminded in the first half of a certificate's life: it is short, and renews itself.
   */
  boolean isInSecondHalf(int stage, Instant notBefore, Instant notAfter) {
    Instant due = notAfter.atZone(zone).minusDays(stage).toInstant();
    return !due.isBefore(notBefore.plus(Duration.between(notBefore, notAfter).dividedBy(2)));
  }

  boolean isLast(int stage) {
    return stages.getLast() == stage;
  }
}
