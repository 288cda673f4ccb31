package de.kreissiegel.ca.retention;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How long each class is kept.
 *
 * @param periods for every class, from a day to 1000 years
 */
public record RetentionRules(Map<RetentionClass, Period> periods) {
  /** What holds where the house has decided nothing. */
  public static final RetentionRules DEFAULT =
      new RetentionRules(
          Map.of(
              RetentionClass.CERTIFICATES, Period.ofYears(10),
              RetentionClass.REQUESTS, Period.ofYears(3),
              RetentionClass.NAMES, Period.ofYears(3)));

  private static final int MOST_DAYS = 1000 * 366;

  /**
   * @throws IllegalArgumentException if a class is missing or a period is none
   */
  public RetentionRules {
    periods = Map.copyOf(new EnumMap<>(periods));
    for (RetentionClass one : RetentionClass.values()) {
      Period period = periods.get(one);
      if (period == null || period.isNegative() || days(period) < 1 || days(period) > MOST_DAYS) {
        throw new IllegalArgumentException(
            "the retention of " + one + " has to be from a day to 1000 years, as P10Y: " + period);
      }
    }
  }

  private static long days(Period period) {
    return period.toTotalMonths() * 30 + period.getDays();
  }

  /** The same with another period of a class. */
  public RetentionRules with(RetentionClass which, Period period) {
    var changed = new EnumMap<>(periods);
    changed.put(which, period);
    return new RetentionRules(changed);
  }

  /** How long this is kept. */
  public Period of(RetentionClass which) {
    return Objects.requireNonNull(periods.get(which));
  }

  /** What ended before this is due. */
  Instant endOf(RetentionClass which, Instant now) {
    return now.atZone(ZoneOffset.UTC).minus(of(which)).toInstant();
  }
}
