package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which reviews there have to be: for each period in which the trail tells of a tenant's affairs,
 * or of the house's own. Where nothing happened there is nothing to look at. What is longer ago
 * than three years is passed over: the words of its events may be erased by then.
 */
final class RevisionCalendar {
  private static final int YEARS = 3;

  private final RevisionBook book;
  private final RevisionSettings settings;

  RevisionCalendar(RevisionBook book, RevisionSettings settings) {
    this.book = book;
    this.settings = settings;
  }

  /** The periods since the beginning of the trail, the one that runs first. */
  List<ReviewPeriod> periods(Instant now) {
    Optional<Instant> beginning = book.beginning();
    if (beginning.isEmpty()) {
      return List.of();
    }
    LocalDate today = LocalDate.ofInstant(now, settings.zone());
    Instant earliest = today.minusYears(YEARS).atStartOfDay(settings.zone()).toInstant();
    Instant begin = beginning.get().isAfter(earliest) ? beginning.get() : earliest;
    var periods = new ArrayList<ReviewPeriod>();
    for (ReviewPeriod one = ReviewPeriod.of(today, settings.period(), settings.zone());
        one.until().isAfter(begin);
        one = one.before()) {
      periods.add(one);
    }
    return periods;
  }

  /** The period that begins on this day, if it is one of them. */
  Optional<ReviewPeriod> period(LocalDate first, Instant now) {
    return periods(now).stream().filter(one -> one.first().equals(first)).findFirst();
  }

  /** Reviews of a period that aren't signed off, or everybody's; the house first. */
  List<Task> tasks(ReviewPeriod period, Instant now) {
    Instant deadline = period.overdue(settings.grace());
    boolean over = !now.isBefore(period.until());
    List<RevisionBook.Sketch> made = book.sketches(period.from(), period.until());
    return book.areas(period.from(), period.until()).stream()
        .sorted((a, b) -> name(a).compareTo(name(b)))
        .map(
            tenant -> {
              Optional<RevisionBook.Sketch> sketch =
                  made.stream().filter(one -> one.covers(tenant, period)).findFirst();
              Task.State state =
                  sketch
                      .map(one -> one.signed() ? Task.State.SIGNED : Task.State.OPEN)
                      .orElse(over ? Task.State.TO_OPEN : Task.State.RUNNING);
              return new Task(
                  tenant,
                  period,
                  sketch.flatMap(one -> book.find(one.id())),
                  state,
                  deadline,
                  state != Task.State.SIGNED && !now.isBefore(deadline));
            })
        .toList();
  }

  /** Reviews of a period that nobody has signed off. */
  List<Optional<TenantId>> missing(ReviewPeriod period) {
    List<RevisionBook.Sketch> made = book.sketches(period.from(), period.until());
    return book.areas(period.from(), period.until()).stream()
        .filter(
            tenant -> made.stream().noneMatch(one -> one.signed() && one.covers(tenant, period)))
        .sorted((a, b) -> name(a).compareTo(name(b)))
        .toList();
  }

  private static String name(Optional<TenantId> tenant) {
    return tenant.map(TenantId::value).orElse("");
  }
}
