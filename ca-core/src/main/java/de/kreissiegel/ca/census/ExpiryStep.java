package de.kreissiegel.ca.census;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** In which steps a calendar of ends is read. */
public enum ExpiryStep {
  /** From Monday to Sunday (ISO 8601), half a year of them. */
  WEEK(26) {
    @Override
    LocalDate begin(LocalDate day) {
      return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    @Override
    LocalDate next(LocalDate begin) {
      return begin.plusWeeks(1);
    }
  },
  /** A year and a half of them. */
  MONTH(18) {
    @Override
    LocalDate begin(LocalDate day) {
      return day.withDayOfMonth(1);
    }

    @Override
    LocalDate next(LocalDate begin) {
      return begin.plusMonths(1);
    }
  };

  private final int steps;

  ExpiryStep(int steps) {
    this.steps = steps;
  }

  abstract LocalDate begin(LocalDate day);

  abstract LocalDate next(LocalDate begin);

  /**
   * A week or a month.
   *
   * @param last its last day
   * @param count how many end in it
   */
  public record Period(LocalDate first, LocalDate last, long count) {}

  /** All periods from the one with this day on, those in which nothing ends among them. */
  public List<Period> periods(LocalDate today, Collection<ExpiryTally> tallies) {
    Map<LocalDate, Long> counts =
        tallies.stream()
            .collect(
                Collectors.groupingBy(
                    tally -> begin(tally.day()),
                    TreeMap::new,
                    Collectors.summingLong(ExpiryTally::count)));
    var periods = new ArrayList<Period>();
    LocalDate first = begin(today);
    for (int i = 0; i < steps; i++) {
      LocalDate next = next(first);
      periods.add(new Period(first, next.minusDays(1), counts.getOrDefault(first, 0L)));
      first = next;
    }
    return List.copyOf(periods);
  }
}
