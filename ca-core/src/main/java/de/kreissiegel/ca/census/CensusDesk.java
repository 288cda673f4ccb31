package de.kreissiegel.ca.census;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where is told how the house stands. To count means to read every certificate, so it is done every
 * five minutes at most, for all who ask.
 */
public final class CensusDesk {
  private static final Duration EVERY = Duration.ofMinutes(5);

  private final CensusBook book;
  private final AuthorityCatalog authorities;
  private final Clock clock;
  private @Nullable Census last;

  public CensusDesk(CensusBook book, AuthorityCatalog authorities, Clock clock) {
    this.book = book;
    this.authorities = authorities;
    this.clock = clock;
  }

  /**
   * What there is of the tenants for whom the actor may see it, and of the house itself.
   *
   * @throws Refused NOT_AUTHORIZED if there are none
   */
  public Census census(Actor actor) throws Refused {
    Set<TenantId> scope = scope(actor);
    Census all = counted();
    return new Census(
        all.tallies().stream()
            .filter(tally -> tally.tenant().map(scope::contains).orElse(true))
            .toList(),
        all.at());
  }

  /**
   * All that there is, for the bill that a district makes out.
   *
   * @param district whose bill it is
   * @throws Refused NOT_AUTHORIZED if the actor may not see how that stands
   */
  public Census whole(Actor actor, TenantId district) throws Refused {
    if (!scope(actor).contains(district)) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "for those alone who oversee the district");
    }
    return counted();
  }

  /**
   * The register of what the house's security rests on (BSI IT-Grundschutz CON.1.A19).
   *
   * @throws Refused NOT_AUTHORIZED
   */
  public List<CryptoEntry> register(Actor actor) throws Refused {
    return CryptoRegister.of(authorities, census(actor), clock.instant());
  }

  private static Set<TenantId> scope(Actor actor) throws Refused {
    Set<TenantId> scope = AccessRules.scope(actor, Action.VIEW_HOUSE);
    if (scope.isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "for auditors and leading officers only");
    }
    return scope;
  }

  private synchronized Census counted() {
    Instant now = clock.instant();
    Census known = last;
    if (known == null || !known.at().plus(EVERY).isAfter(now)) {
      known = new Census(book.count(now), now);
      last = known;
    }
    return known;
  }
}
