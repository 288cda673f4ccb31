package de.kreissiegel.ra.pages.campaigns;

import de.kreissiegel.ra.pages.Words;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A line of a chart, which is a table as well.
 *
 * @param name what is counted
 * @param width of the bar, 0 to 100, where the longest one is 100
 */
record LoadBar(String name, long count, double width) {
  /** More days than these are shown as weeks. */
  private static final int MOST_DAYS = 15;

  /** What lasts longer is shown as months. */
  private static final int MOST_WEEKS = 26;

  /** By days, by weeks where there are many, by months where it takes more than half a year. */
  static List<LoadBar> of(SortedMap<LocalDate, ? extends Number> days, Words words) {
    if (days.isEmpty()) {
      return List.of();
    }
    if (days.firstKey().plusWeeks(MOST_WEEKS).isBefore(days.lastKey())) {
      return of(days, day -> day.withDayOfMonth(1), day -> words.month(YearMonth.from(day)));
    }
    var format = DateTimeFormatter.ofPattern(words.of("campaigns.day"), Words.language());
    return days.size() > MOST_DAYS
        ? of(
            days,
            day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
            day -> words.of("campaigns.week", format.format(day)))
        : of(days, day -> day, format::format);
  }

  private static List<LoadBar> of(
      SortedMap<LocalDate, ? extends Number> days,
      UnaryOperator<LocalDate> period,
      Function<LocalDate, String> name) {
    SortedMap<LocalDate, Long> counts = new TreeMap<>();
    days.forEach((day, count) -> counts.merge(period.apply(day), count.longValue(), Long::sum));
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
    return counts.entrySet().stream()
        .map(
            one ->
                new LoadBar(name.apply(one.getKey()), one.getValue(), width(one.getValue(), most)))
        .toList();
  }

  static double width(long count, long most) {
    return most == 0 ? 0 : Math.round(1000.0 * count / most) / 10.0;
  }
}
