package de.kreissiegel.ca.registration;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * For how long officers may let an application wait before it is passed on. What counts are working
 * days: Monday to Friday without the public holidays that all of Germany has.
 *
 * @param workingDays 1 to 60
 * @param zone whose days these are
 */
public record Patience(int workingDays, ZoneId zone) {
  private static final int LONGEST = 60;

  private static final Set<MonthDay> HOLIDAYS =
      Set.of(
          MonthDay.of(1, 1),
          MonthDay.of(5, 1),
          MonthDay.of(10, 3),
          MonthDay.of(12, 25),
          MonthDay.of(12, 26));

  /** Good Friday, Easter Monday, Ascension, Whit Monday: in days after Easter Sunday. */
  private static final Set<Long> AROUND_EASTER = Set.of(-2L, 1L, 39L, 50L);

  /** Three days. */
  public static final Patience USUAL = new Patience(3, ZoneId.of("Europe/Berlin"));

  /**
   * @throws IllegalArgumentException if it is not 1 to 60 days
   */
  public Patience {
    if (workingDays < 1 || workingDays > LONGEST) {
      throw new IllegalArgumentException("applications wait 1 to 60 working days");
    }
  }

  /** When it is at its end: at the same time of day, so many working days later. */
  Instant endsFor(Instant since) {
    ZonedDateTime end = since.atZone(zone);
    for (int left = workingDays; left > 0; left--) {
      do {
        end = end.plusDays(1);
      } while (!isWorkingDay(end.toLocalDate()));
    }
    return end.toInstant();
  }

  /** Whether town halls work on that day. */
  public static boolean isWorkingDay(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !HOLIDAYS.contains(MonthDay.from(day))
        && !AROUND_EASTER.contains(day.toEpochDay() - easter(day.getYear()).toEpochDay());
  }

  /** By the Gregorian computus in the form of Meeus, Jones and Butcher. */
  private static LocalDate easter(int year) {
    int golden = year % 19;
    int century = year / 100;
    int ofCentury = year % 100;
    int epact =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7;
    int late = (golden + 11 * epact + 22 * weekday) / 451;
    int sum = epact + weekday - 7 * late + 114;
    return LocalDate.of(year, sum / 31, sum % 31 + 1);
  }
}
