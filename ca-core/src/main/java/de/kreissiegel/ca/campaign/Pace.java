package de.kreissiegel.ca.campaign;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many letters go out when: so many a day, spread over business hours, so that not all who ask
 * ask at once.
 */
record Pace(int perDay, BusinessHours hours) {
  /** Longer than the largest campaign takes, at a letter a day. */
  private static final int MOST_DAYS = 20_000;

  /**
   * How many may have gone out today by now.
   *
   * @param since when it began, or went on: what wasn't written before isn't caught up on
   */
  int allowed(Instant since, Instant now) {
    if (!hours.areOpen(now)) {
      return 0;
    }
    Instant from = later(since, hours.begin(hours.dayOf(now)));
    return Math.min(perDay, share(Duration.between(from, now)) + 1);
  }

  /** When how many go out, if it begins then; in order, only days with letters. */
  SortedMap<LocalDate, Integer> plan(Instant from, int letters) {
    SortedMap<LocalDate, Integer> plan = new TreeMap<>();
    int left = letters;
    LocalDate day = hours.dayOf(from);
    for (int i = 0; left > 0 && i < MOST_DAYS; i++, day = day.plusDays(1)) {
      int some = Math.min(left, on(day, from));
      if (some > 0) {
        plan.put(day, some);
        left -= some;
      }
    }
    return plan;
  }

  private int on(LocalDate day, Instant from) {
    Instant begin = later(from, hours.begin(day));
    if (!hours.isWorkday(day) || !begin.isBefore(hours.end(day))) {
      return 0;
    }
    return Math.clamp(share(Duration.between(begin, hours.end(day))), 1, perDay);
  }

  /** How many a day it takes that the last one goes out by a day; 0 if no day is left. */
  static int needed(BusinessHours hours, Instant from, LocalDate due, int letters) {
    LocalDate first = hours.dayOf(from);
    if (!from.isBefore(hours.end(first))) {
      first = first.plusDays(1);
    }
    long days = first.datesUntil(later(due.plusDays(1), first)).filter(hours::isWorkday).count();
    return days == 0 ? 0 : Math.toIntExact(Math.ceilDiv(letters, days));
  }

  private int share(Duration time) {
    long day = Duration.between(hours.from(), hours.to()).toSeconds();
    return Math.toIntExact(Math.max(0, perDay * time.toSeconds() / day));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }
}
