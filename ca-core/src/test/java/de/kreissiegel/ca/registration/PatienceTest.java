package de.kreissiegel.ca.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void countsNoWeekends() {
    assertThat(end(3, "2026-11-26T16:00")).isEqualTo(at("2026-12-01T16:00")); // a Thursday
    assertThat(end(1, "2026-11-28T09:00")).isEqualTo(at("2026-11-30T09:00")); // a Saturday
  }

  @Test
  void countsNoPublicHolidaysNeitherFixedOnesNorThoseAroundEaster() {
    assertThat(end(1, "2026-12-23T09:00")).isEqualTo(at("2026-12-24T09:00"));
    assertThat(end(1, "2026-12-24T09:00")).isEqualTo(at("2026-12-28T09:00"));
    assertThat(end(1, "2027-03-25T09:00")).isEqualTo(at("2027-03-30T09:00")); // Good Friday
    assertThat(Patience.isWorkingDay(LocalDate.parse("2027-05-06"))).as("Ascension").isFalse();
    assertThat(Patience.isWorkingDay(LocalDate.parse("2027-05-17"))).as("Whit Monday").isFalse();
    assertThat(Patience.isWorkingDay(LocalDate.parse("2028-04-17"))).as("Easter 2028").isFalse();
  }

  @Test
  void keepsTheTimeOfDayWhenClocksChange() {
    assertThat(end(1, "2027-03-26T12:00").atZone(BERLIN).getHour()).isEqualTo(12);
  }

  @Test
  void refusesToWaitForNoTimeOrForEver() {
    assertThatThrownBy(() -> new Patience(0, BERLIN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Patience(61, BERLIN)).isInstanceOf(IllegalArgumentException.class);
  }

  private static java.time.Instant end(int days, String since) {
    return new Patience(days, BERLIN).endsFor(at(since));
  }

  private static java.time.Instant at(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }
}
