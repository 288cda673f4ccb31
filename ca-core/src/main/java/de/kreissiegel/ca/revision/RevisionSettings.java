package de.kreissiegel.ca.revision;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * How often reviews are made, and how.
 *
 * @param period how long the time is that one looks at: 1, 2, 3, 4 or 6 whole months, counted from
 *     1 January. TR-03145-1 wants one every six months at least
 * @param grace how long after its end a review may be signed off, 7 to 92 days
 * @param reminder how long before that time is over revisors hear of it, from a day to {@code
 *     grace}
 * @param sample how many of each kind are drawn, 1 to 50
 * @param zone whose days these are
 */
public record RevisionSettings(
    Period period, Period grace, Period reminder, int sample, ZoneId zone) {
  private static final Set<Long> MONTHS = Set.of(1L, 2L, 3L, 4L, 6L);
  private static final int SHORTEST_GRACE = 7;
  private static final int LONGEST_GRACE = 92;
  private static final int LARGEST_SAMPLE = 50;

  /** What holds unless the installation says otherwise. */
  public static final RevisionSettings USUAL =
      new RevisionSettings(
          Period.ofMonths(6), Period.ofDays(42), Period.ofDays(14), 5, ZoneId.of("Europe/Berlin"));

  /**
   * @throws IllegalArgumentException if a value is out of its bounds
   */
  public RevisionSettings {
    if (period.getDays() != 0 || !MONTHS.contains(period.toTotalMonths())) {
      throw new IllegalArgumentException(
          "the period of revision is P1M, P2M, P3M, P4M or P6M, not " + period);
    }
    long days = days(grace);
    if (days < SHORTEST_GRACE || days > LONGEST_GRACE) {
      throw new IllegalArgumentException("the grace of revision is from P7D to P92D, not " + grace);
    }
    if (days(reminder) < 1 || days(reminder) > days) {
      throw new IllegalArgumentException(
          "the reminder of revision is from P1D to its grace, not " + reminder);
    }
    if (sample < 1 || sample > LARGEST_SAMPLE) {
      throw new IllegalArgumentException("the sample of revision is 1 to 50 of each kind");
    }
  }

  private static long days(Period some) {
    return LocalDate.EPOCH.until(LocalDate.EPOCH.plus(some), ChronoUnit.DAYS);
  }
}
