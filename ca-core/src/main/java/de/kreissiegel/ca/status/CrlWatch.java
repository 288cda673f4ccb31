package de.kreissiegel.ca.status;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.status.CrlStanding.Freshness;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Raises an alarm well before a list runs out: lists are renewed at half of their time, so one that
 * is much older says that something is wrong while there is still time to mend it.
 */
public final class CrlWatch {
  private static final System.Logger LOG = System.getLogger(CrlWatch.class.getName());
  private static final Actor SYSTEM = new Actor.Component("status");

  private final CrlShelf shelf;
  private final Alarm alarm;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;
  private final Map<CrlName, Freshness> told = new HashMap<>();

  /**
   * When to raise it.
   *
   * @param share of a list's time that is left, 0 to 0.5
   * @param atMost never earlier before its end than this, however long the list holds
   */
  public record Alarm(double share, Duration atMost) {
    /** A quarter of its time, and never more than two weeks. */
    public static final Alarm USUAL = new Alarm(0.25, Duration.ofDays(14));

    public Alarm {
      if (!(share >= 0 && share <= 0.5) || atMost.isNegative()) {
        throw new IllegalArgumentException(
            "the alarm's share is 0 to 0.5 of a list's time: lists are renewed at half of it");
      }
    }

    private Instant at(CrlFile list) {
      Duration time = Duration.between(list.thisUpdate(), list.nextUpdate());
      Duration before = Duration.ofMillis((long) (time.toMillis() * share));
      return list.nextUpdate().minus(before.compareTo(atMost) < 0 ? before : atMost);
    }
  }

  public CrlWatch(
      CrlShelf shelf, Alarm alarm, Transactions transactions, AuditTrail audit, Clock clock) {
    this.shelf = shelf;
    this.alarm = alarm;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** How all lists stand: those that should be there, and those that are. */
  public List<CrlStanding> standings() {
    List<CrlStanding> all = new ArrayList<>();
    Set<CrlName> seen = new HashSet<>();
    Instant now = clock.instant();
    for (CrlFile list : shelf.all()) {
      seen.add(list.name());
      all.add(new CrlStanding(list.name(), Optional.of(list), freshness(list, now)));
    }
    for (CrlName name : shelf.expected()) {
      if (seen.add(name)) {
        all.add(new CrlStanding(name, Optional.empty(), Freshness.STALE));
      }
    }
    return List.copyOf(all);
  }

  /** When the authority's database was last heard. */
  public Instant lastHeard() {
    return shelf.lastHeard();
  }

  private Freshness freshness(CrlFile list, Instant now) {
    if (!now.isBefore(list.nextUpdate())) {
      return Freshness.STALE;
    }
    return now.isBefore(alarm.at(list)) ? Freshness.FRESH : Freshness.AGING;
  }

  /**
   * Looks, and tells the log and the audit trail of each list whose standing has changed. Meant to
   * be called every minute or so; who comes later is told again only of what changed.
   */
  public synchronized void look() {
    for (CrlStanding standing : standings()) {
      Freshness before = told.getOrDefault(standing.name(), Freshness.FRESH);
      if (before != standing.freshness()) {
        tell(standing);
        told.put(standing.name(), standing.freshness());
      }
    }
  }

  private void tell(CrlStanding standing) {
    String label = standing.name().label();
    String until = standing.list().map(list -> "holds until " + list.nextUpdate()).orElse("none");
    String action =
        switch (standing.freshness()) {
          case FRESH -> {
            LOG.log(INFO, "the CRL {0} is fresh again: {1}", label, until);
            yield "crl.fresh";
          }
          case AGING -> {
            LOG.log(WARNING, "the CRL {0} should have been renewed long ago: {1}", label, until);
            yield "crl.aging";
          }
          case STALE -> {
            LOG.log(ERROR, "the CRL {0} has run out: {1}", label, until);
            yield "crl.stale";
          }
        };
    transactions.inTransaction(
        transaction -> {
          audit.append(transaction, SYSTEM, action, Optional.empty(), "crl:" + label, until);
          return standing;
        });
  }
}
