package de.kreissiegel.ca.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Letters a day, within business hours. */
class PaceTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Easter is in the middle of one of the tests, which is about something else. */
  private static final BusinessHours HOURS =
      new BusinessHours(
          LocalTime.of(8, 0),
          LocalTime.of(16, 0),
          BERLIN,
          day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0);

  private static final LocalDate FRIDAY = LocalDate.of(2027, 1, 8);

  @Test
  void spreadsADayOverItsHours() {
    var pace = new Pace(8, HOURS);
    Instant before = at(FRIDAY.minusDays(3), 9, 0);

    assertThat(pace.allowed(before, at(FRIDAY, 7, 59))).isZero();
    assertThat(pace.allowed(before, at(FRIDAY, 8, 0))).isOne();
    assertThat(pace.allowed(before, at(FRIDAY, 8, 59))).isOne();
    assertThat(pace.allowed(before, at(FRIDAY, 12, 0))).isEqualTo(5);
    assertThat(pace.allowed(before, at(FRIDAY, 15, 59))).isEqualTo(8);
    assertThat(pace.allowed(before, at(FRIDAY, 16, 0))).isZero();
    assertThat(pace.allowed(before, at(FRIDAY.plusDays(1), 12, 0))).isZero();
    assertThat(pace.allowed(before, at(FRIDAY.plusDays(2), 12, 0))).isZero();
  }

  @Test
  void catchesUpOnNothingFromBeforeItBegan() {
    var pace = new Pace(80, HOURS);

    assertThat(pace.allowed(at(FRIDAY, 15, 0), at(FRIDAY, 15, 0))).isOne();
    assertThat(pace.allowed(at(FRIDAY, 15, 0), at(FRIDAY, 15, 59))).isEqualTo(10);
  }

  @Test
  void plansAroundWeekendsAndWithWhatIsLeftOfTheFirstDay() {
    assertThat(new Pace(10, HOURS).plan(at(FRIDAY, 12, 0), 17))
        .isEqualTo(Map.of(FRIDAY, 5, FRIDAY.plusDays(3), 10, FRIDAY.plusDays(4), 2));
    assertThat(new Pace(10, HOURS).plan(at(FRIDAY, 18, 0), 3).firstKey())
        .isEqualTo(FRIDAY.plusDays(3));
    assertThat(new Pace(10, HOURS).plan(at(FRIDAY, 12, 0), 0)).isEmpty();
  }

  @Test
  void saysHowManyADayItTakes() {
    LocalDate due = FRIDAY.plusDays(7);

    assertThat(Pace.needed(HOURS, at(FRIDAY, 12, 0), due, 60)).isEqualTo(10);
    assertThat(Pace.needed(HOURS, at(FRIDAY, 17, 0), due, 61)).isEqualTo(13);
    assertThat(Pace.needed(HOURS, at(FRIDAY, 17, 0), FRIDAY, 61)).isZero();
    assertThat(Pace.needed(HOURS, at(FRIDAY, 17, 0), FRIDAY.minusDays(9), 61)).isZero();
  }

  @Test
  void plansAllOfThemAndNoDayMoreThanItsShare() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      int perDay = 1 + random.nextInt(200);
      int letters = random.nextInt(3000);
      Instant from = at(FRIDAY, 0, 0).plus(Duration.ofMinutes(random.nextInt(400_000)));
      SortedMap<LocalDate, Integer> plan = new Pace(perDay, HOURS).plan(from, letters);

      assertThat(plan.values().stream().mapToInt(Integer::intValue).sum())
          .as("seed %d", seed)
          .isEqualTo(letters);
      assertThat(plan.values()).as("seed %d", seed).allMatch(one -> one <= perDay);
      assertThat(plan.keySet()).as("seed %d", seed).allMatch(HOURS::isWorkday);
    }
  }

  @Test
  void keepsItsHoursWhenClocksChange() {
    LocalDate monday = LocalDate.of(2027, 3, 29);

    assertThat(HOURS.areOpen(Instant.parse("2027-03-26T07:00:00Z"))).isTrue();
    assertThat(HOURS.areOpen(Instant.parse("2027-03-29T06:00:00Z"))).isTrue();
    assertThat(new Pace(8, HOURS).allowed(Instant.EPOCH, at(monday, 8, 0))).isOne();
  }

  @Test
  void keepsTheHolidaysOfAllOfGermany() {
    BusinessHours hours = BusinessHours.usual(BERLIN);
    LocalDate maundyThursday = LocalDate.of(2027, 3, 25);

    assertThat(hours.areOpen(at(maundyThursday, 12, 0))).isTrue();
    assertThat(hours.areOpen(at(maundyThursday.plusDays(1), 12, 0))).isFalse();
    assertThat(hours.areOpen(at(LocalDate.of(2027, 12, 27), 12, 0))).isTrue();
    assertThat(new Pace(10, hours).plan(at(maundyThursday, 8, 0), 15))
        .isEqualTo(Map.of(maundyThursday, 10, maundyThursday.plusDays(5), 5));
    assertThat(Pace.needed(hours, at(maundyThursday, 8, 0), maundyThursday.plusDays(5), 20))
        .isEqualTo(10);
  }

  @Test
  void remindsAtHalfTimeAndNearTheEnd() {
    Instant start = at(FRIDAY, 8, 0);
    Instant end = start.plus(Duration.ofDays(40));

    assertThat(ReminderStage.of(start, end, start.plus(Duration.ofDays(19)))).isZero();
    assertThat(ReminderStage.of(start, end, start.plus(Duration.ofDays(20)))).isOne();
    assertThat(ReminderStage.of(start, end, start.plus(Duration.ofDays(32)))).isOne();
    assertThat(ReminderStage.of(start, end, start.plus(Duration.ofDays(33)))).isEqualTo(2);
    assertThat(ReminderStage.of(start, end, end)).isZero();
    Instant soon = start.plus(Duration.ofDays(8));
    assertThat(ReminderStage.of(start, soon, start.plus(Duration.ofDays(5)))).isOne();
    assertThat(ReminderStage.of(start, soon, start.plus(Duration.ofDays(6)))).isEqualTo(2);
  }

  @Test
  void takesNoHoursThatEndBeforeTheyBegin() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BusinessHours(LocalTime.NOON, LocalTime.NOON, BERLIN));
  }

  private static Instant at(LocalDate day, int hour, int minute) {
    return day.atTime(hour, minute).atZone(BERLIN).toInstant();
  }
}
