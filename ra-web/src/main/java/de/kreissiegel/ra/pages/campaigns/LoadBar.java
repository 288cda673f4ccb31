package de.kreissiegel.ra.pages.campaigns;

import de.kreissiegel.ra.pages.Words;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line of a chart, which is a table as well.
 *
 * @param name what is counted
 * @param width of the bar, 0 to 100, where the longest one is 100
 */
record LoadBar(String name, long count, double width) {
  /** More days than these are shown as weeks. */
  private static final int MOST_DAYS = 15;

  /** Whether so many days are shown as weeks. */
  static boolean byWeek(SortedMap<LocalDate, ? extends Number> days) {
    return days.size() > MOST_DAYS;
  }

  /** By days, or by weeks where there are many. */
  static List<LoadBar> of(SortedMap<LocalDate, ? extends Number> days, Words words) {
    boolean weeks = byWeek(days);
    SortedMap<LocalDate, Long> counts = new TreeMap<>();
    days.forEach(
        (day, count) ->
            counts.merge(
                weeks ? day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)) : day,
                count.longValue(),
                Long::sum));
    var format = DateTimeFormatter.ofPattern(words.of("campaigns.day"), Words.language());
    return of(counts, day -> weeks ? words.of("campaigns.week", format.format(day)) : format.format(day));
  }

  static <K> List<LoadBar> of(Map<K, Long> counts, java.util.function.Function<K, String> name) {
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
    return counts.entrySet().stream()
        .map(one -> new LoadBar(name.apply(one.getKey()), one.getValue(), width(one.getValue(), most)))
        .toList();
  }

  static double width(long count, long most) {
    return most == 0 ? 0 : Math.round(1000.0 * count / most) / 10.0;
  }
}
