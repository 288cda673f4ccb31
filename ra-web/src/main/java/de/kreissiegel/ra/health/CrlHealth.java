package de.kreissiegel.ra.health;

import de.kreissiegel.ca.status.CrlStanding;
import de.kreissiegel.ca.status.CrlStanding.Freshness;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down if a list isn't there or has run out (RFC 5280 §5.1.2.5), out of service if one should have
 * been renewed long ago. Says how old each is.
 */
public final class CrlHealth implements HealthIndicator {
  private final Supplier<List<CrlStanding>> standings;
  private final InstantSource clock;

  /**
   * @param standings how all lists stand
   */
  public CrlHealth(Supplier<List<CrlStanding>> standings, InstantSource clock) {
    this.standings = standings;
    this.clock = clock;
  }

  @Override
  public Health health() {
    var health = Health.up();
    Freshness worst = Freshness.FRESH;
    for (CrlStanding standing : standings.get()) {
      health.withDetail(standing.name().label(), words(standing));
      worst = standing.freshness().compareTo(worst) > 0 ? standing.freshness() : worst;
    }
    return switch (worst) {
      case FRESH -> health.build();
      case AGING -> health.outOfService().build();
      case STALE -> health.down().build();
    };
  }

  private String words(CrlStanding standing) {
    return standing
        .list()
        .map(
            list ->
                "number %d, %s old, %s, next update %s"
                    .formatted(
                        list.number(),
                        Duration.ofSeconds(
                            Duration.between(list.thisUpdate(), clock.instant()).toSeconds()),
                        standing.freshness().name().toLowerCase(Locale.ROOT),
                        list.nextUpdate()))
        .orElse("none");
  }
}
