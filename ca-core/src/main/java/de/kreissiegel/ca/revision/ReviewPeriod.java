package de.kreissiegel.ca.revision;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;

/**
 * A span of the calendar that is looked at.
 *
 * @param first its first day
 * @param after the day after its last
 * @param zone whose days these are
 */
public record ReviewPeriod(LocalDate first, LocalDate after, ZoneId zone) {
  /** The one that a day is in. */
  static ReviewPeriod of(LocalDate day, Period length, ZoneId zone) {
    int months = Math.toIntExact(length.toTotalMonths());
    LocalDate first =
        LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / months * months + 1, 1);
    return new ReviewPeriod(first, first.plusMonths(months), zone);
  }

  /** The one before. */
  ReviewPeriod before() {
    return of(first.minusDays(1), first.until(after), zone);
  }

  /** When it begins. */
  public Instant from() {
    return first.atStartOfDay(zone).toInstant();
  }

  /** When it is over. */
  public Instant until() {
    return after.atStartOfDay(zone).toInstant();
  }

  /** When its review is overdue. */
  Instant overdue(Period grace) {
    return after.plus(grace).atStartOfDay(zone).toInstant();
  }
}
