package de.kreissiegel.ca.census;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where is told what ends when. All days are counted at once, every five minutes at most, for all
 * who ask.
 */
public final class ExpiryDesk {
  /** How far it looks: what ends later, nobody plans for. */
  public static final Duration AHEAD = Duration.ofDays(3 * 366);

  private static final Duration EVERY = Duration.ofMinutes(5);

  private final CensusBook book;
  private final ZoneId zone;
  private final Clock clock;
  private @Nullable Counted last;

  private record Counted(List<ExpiryTally> tallies, Instant at) {}

  /**
   * @param zone whose days these are
   */
  public ExpiryDesk(CensusBook book, ZoneId zone, Clock clock) {
    this.book = book;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * What ends from now on of the tenants whose certificates the actor may see, day by day.
   *
   * @throws Refused NOT_AUTHORIZED if there are none
   */
  public List<ExpiryTally> ends(Actor actor) throws Refused {
    Set<TenantId> scope = AccessRules.scope(actor, Action.VIEW_CERTIFICATES);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "no tenant's certificates to see");
    }
    return counted().stream().filter(tally -> scope.contains(tally.tenant())).toList();
  }

  /** The day that it is. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  private synchronized List<ExpiryTally> counted() {
    Instant now = clock.instant();
    Counted known = last;
    if (known == null || !known.at().plus(EVERY).isAfter(now)) {
      known = new Counted(List.copyOf(book.ends(now, now.plus(AHEAD), zone)), now);
      last = known;
    }
    return known.tallies();
  }
}
