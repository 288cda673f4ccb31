package de.kreissiegel.ra.pages.expiry;

import de.kreissiegel.ca.census.ExpiryStep;
import de.kreissiegel.ra.pages.Words;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.util.List;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A week or a month as the page shows it, with its bar.
 *
 * @param name as {@code Dezember 2026}
 * @param days from when to when
 * @param count how many end
 * @param width of the bar, 0 to 100, where the longest one is 100
 * @param address of the list of them
 */
record PeriodRow(String name, String days, long count, double width, String address) {
  static List<PeriodRow> of(
      ExpiryStep step,
      List<ExpiryStep.Period> periods,
      LocalDate today,
      String tenant,
      String profile,
      Words words) {
    long most = periods.stream().mapToLong(ExpiryStep.Period::count).max().orElse(0);
    return periods.stream()
        .map(
            one ->
                new PeriodRow(
                    name(step, one, words),
                    words.of("expiry.days", day(one.first(), words), day(one.last(), words)),
                    one.count(),
                    most == 0 ? 0 : Math.round(1000.0 * one.count() / most) / 10.0,
                    address(one, today, tenant, profile)))
        .toList();
  }

  private static String name(ExpiryStep step, ExpiryStep.Period one, Words words) {
    return switch (step) {
      case MONTH -> words.month(YearMonth.from(one.first()));
      case WEEK ->
          words.of(
              "expiry.week",
              String.valueOf(one.first().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
              String.valueOf(one.first().get(IsoFields.WEEK_BASED_YEAR)));
    };
  }

  private static String day(LocalDate day, Words words) {
    return words.date(day.atStartOfDay(Words.zone()).toInstant());
  }

  /** What is over of the first period is not among those that end. */
  private static String address(
      ExpiryStep.Period one, LocalDate today, String tenant, String profile) {
    LocalDate from = one.first().isBefore(today) ? today : one.first();
    return UriComponentsBuilder.fromPath("/certificates")
        .queryParam("tenant", "{tenant}")
        .queryParam("profile", "{profile}")
        .queryParam("state", "VALID")
        .queryParam("from", from)
        .queryParam("to", one.last())
        .encode()
        .buildAndExpand(tenant, profile)
        .toUriString();
  }
}
