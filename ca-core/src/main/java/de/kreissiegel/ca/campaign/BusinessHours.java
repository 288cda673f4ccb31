package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.registration.Patience;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Predicate;

/**
 * When letters of campaigns go out: on working days, when somebody is there to answer questions.
 *
 * @param from the hour at which it begins
 * @param to the hour at which it ends, later on the same day
 * @param zone whose hours these are
 * @param workdays on which days
 */
public record BusinessHours(
    LocalTime from, LocalTime to, ZoneId zone, Predicate<LocalDate> workdays) {
  /**
   * @throws IllegalArgumentException unless one comes after the other
   */
  public BusinessHours {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("business hours end later than they begin");
    }
  }

  /** Monday to Friday without the public holidays that all of Germany has. */
  public BusinessHours(LocalTime from, LocalTime to, ZoneId zone) {
    this(from, to, zone, Patience::isWorkingDay);
  }

  /** From eight to four. */
  public static BusinessHours usual(ZoneId zone) {
    return new BusinessHours(LocalTime.of(8, 0), LocalTime.of(16, 0), zone);
  }

  /** Whether letters go out now. */
  boolean areOpen(Instant now) {
    ZonedDateTime here = now.atZone(zone);
    return isWorkday(here.toLocalDate())
        && !here.toLocalTime().isBefore(from)
        && here.toLocalTime().isBefore(to);
  }

  boolean isWorkday(LocalDate day) {
    return workdays.test(day);
  }

  LocalDate dayOf(Instant now) {
    return LocalDate.ofInstant(now, zone);
  }

  Instant begin(LocalDate day) {
    return day.atTime(from).atZone(zone).toInstant();
  }

  /** When a day is over. */
  Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(zone).toInstant();
  }

  Instant end(LocalDate day) {
    return day.atTime(to).atZone(zone).toInstant();
  }
}
