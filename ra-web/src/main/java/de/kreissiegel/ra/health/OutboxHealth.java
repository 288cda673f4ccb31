package de.kreissiegel.ra.health;

import de.kreissiegel.ca.publication.OutboxQueue.Backlog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down if something has waited for its publication for more than 15 minutes. */
public final class OutboxHealth implements HealthIndicator {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Supplier<Backlog> backlog;
  private final InstantSource clock;

  public OutboxHealth(Supplier<Backlog> backlog, InstantSource clock) {
    this.backlog = backlog;
    this.clock = clock;
  }

  @Override
  public Health health() {
    var open = backlog.get();
    var patienceEnds = clock.instant().minus(PATIENCE);
    var late = open.oldest().filter(oldest -> oldest.isBefore(patienceEnds)).isPresent();
    var health = late ? Health.down() : Health.up();
    health.withDetail("open", open.length());
    open.oldest().ifPresent(oldest -> health.withDetail("oldest", oldest.toString()));
    return health.build();
  }
}
