package de.kreissiegel.ra.health;

import de.kreissiegel.ca.publication.Backlogs.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down if something has waited for its publication for more than 15 minutes. What a directory has
 * refused is counted, but waits for people: {@code ./kreissiegel publications --failed} lists it.
 */
public final class OutboxHealth implements HealthIndicator {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Supplier<List<Backlog>> backlogs;
  private final InstantSource clock;

  public OutboxHealth(Supplier<List<Backlog>> backlogs, InstantSource clock) {
    this.backlogs = backlogs;
    this.clock = clock;
  }

  @Override
  public Health health() {
    List<Backlog> all = backlogs.get();
    Instant patienceEnds = clock.instant().minus(PATIENCE);
    boolean late =
        all.stream()
            .flatMap(backlog -> backlog.oldest().stream())
            .anyMatch(oldest -> oldest.isBefore(patienceEnds));
    var health = late ? Health.down() : Health.up();
    for (Backlog backlog : all) {
      health.withDetail(backlog.destination().value(), words(backlog));
    }
    return health.build();
  }

  private static String words(Backlog backlog) {
    return backlog.waiting()
        + " waiting"
        + backlog.oldest().map(oldest -> " since " + oldest).orElse("")
        + ", "
        + backlog.refused()
        + " refused";
  }
}
