package de.kreissiegel.ra.health;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.status.Crl;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down if an authority has no CRL, or its newest one has run out (RFC 5280 §5.1.2.5). */
public final class CrlHealth implements HealthIndicator {
  private final AuthorityCatalog authorities;
  private final Function<AuthorityName, Optional<Crl>> current;
  private final InstantSource clock;

  /**
   * @param current the newest CRL of an authority
   */
  public CrlHealth(
      AuthorityCatalog authorities,
      Function<AuthorityName, Optional<Crl>> current,
      InstantSource clock) {
    this.authorities = authorities;
    this.current = current;
    this.clock = clock;
  }

  @Override
  public Health health() {
    var health = Health.up();
    for (var authority : authorities.all()) {
      var crl = current.apply(authority.name());
      health.withDetail(
          authority.name().value(),
          crl.map(newest -> "next update " + newest.nextUpdate()).orElse("none"));
      if (crl.filter(newest -> newest.nextUpdate().isAfter(clock.instant())).isEmpty()) {
        health.down();
      }
    }
    return health.build();
  }
}
