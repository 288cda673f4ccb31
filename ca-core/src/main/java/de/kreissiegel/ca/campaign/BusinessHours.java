package de.kreissiegel.ca.campaign;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When letters of campaigns go out: Monday to Friday, when somebody is there to answer questions.
 * Holidays aren't known.
 *
 * @param from the hour at which it begins
 * @param to the hour at which it ends, later on the same day
 * @param zone whose hours these are
 */
public record BusinessHours(LocalTime from, LocalTime to, ZoneId zone) {
  /**
   * @throws IllegalArgumentException unless one comes after the other
   */
  public BusinessHours {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("business hours end later than they begin");
    }
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
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  LocalDate dayOf(Instant now) {
    return LocalDate.ofInstant(now, zone);
  }

  Instant begin(LocalDate day) {
    return day.atTime(from).atZone(zone).toInstant();
  }

  Instant end(LocalDate day) {
    return day.atTime(to).atZone(zone).toInstant();
  }
}
