package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells of reviews that don't come: once some time before they are overdue, once when they are. All
 * reviews of a period are told of together, so that nobody gets a letter for each tenant.
 */
public final class RevisionWatch {
  private static final Actor.Component SYSTEM = new Actor.Component("revision");
  private static final int NAMED = 40;

  private final RevisionBook book;
  private final RevisionCalendar calendar;
  private final RevisionSettings settings;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  public RevisionWatch(RevisionDesk.Records records, RevisionSettings settings, Clock clock) {
    this.book = records.revisions();
    this.calendar = new RevisionCalendar(book, settings);
    this.settings = settings;
    this.transactions = records.transactions();
    this.audit = records.audit();
    this.clock = clock;
  }

  /**
   * Reviews of a period that are overdue.
   *
   * @param tenants whose; empty for the house's own
   */
  public record Overdue(ReviewPeriod period, List<Optional<TenantId>> tenants) {
    public Overdue {
      tenants = List.copyOf(tenants);
    }
  }

  /** What is overdue now, the latest period first. */
  public List<Overdue> overdue() {
    Instant now = clock.instant();
    return calendar.periods(now).stream()
        .filter(period -> !now.isBefore(period.overdue(settings.grace())))
        .map(period -> new Overdue(period, calendar.missing(period)))
        .filter(one -> !one.tenants().isEmpty())
        .toList();
  }

  /**
   * Tells of what has become due or overdue. A job's method; may run on any number of nodes.
   *
   * @return how many periods were told of
   */
  public int look() {
    Instant now = clock.instant();
    int told = 0;
    for (ReviewPeriod period : new ArrayList<>(calendar.periods(now))) {
      Instant overdue = period.overdue(settings.grace());
      Instant due = overdue.atZone(period.zone()).minus(settings.reminder()).toInstant();
      if (!now.isBefore(overdue)) {
        told += tell(period, true, now);
      } else if (!now.isBefore(due)) {
        told += tell(period, false, now);
      }
    }
    return told;
  }

  private int tell(ReviewPeriod period, boolean overdue, Instant now) {
    List<Optional<TenantId>> missing = calendar.missing(period);
    if (missing.isEmpty()) {
      return 0;
    }
    return transactions.<Integer, RuntimeException>inTransaction(
        transaction -> {
          if (!book.notice(transaction, period, overdue, now)) {
            return 0;
          }
          audit.append(
              transaction,
              SYSTEM,
              overdue ? "revision.overdue" : "revision.due",
              Optional.empty(),
              "revision-period:" + period.first() + "/" + period.after().minusDays(1),
              "until=%s missing=%d: %s"
                  .formatted(
                      period.overdue(settings.grace()),
                      missing.size(),
                      missing.stream()
                          .limit(NAMED)
                          .map(one -> one.map(TenantId::value).orElse("house"))
                          .collect(Collectors.joining(" "))));
          return 1;
        });
  }
}
