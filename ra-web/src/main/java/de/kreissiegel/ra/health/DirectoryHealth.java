package de.kreissiegel.ra.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down if a directory doesn't answer or can't be followed, if nobody has looked for a minute who
 * left it, or if too many left at once, so that nothing was revoked and somebody has to look.
 */
public final class DirectoryHealth implements HealthIndicator {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ReachableHealth reachable;
  private final Supplier<Optional<Instant>> lastLook;
  private final Supplier<List<String>> troubles;
  private final BooleanSupplier braked;
  private final InstantSource clock;

  /**
   * @param question as for {@link ReachableHealth}
   * @param lastLook when the last look came to its end; empty if none has yet
   * @param troubles what is wrong with whom now, a sentence each
   * @param braked whether the last look's departures were held back
   */
  public DirectoryHealth(
      Callable<String> question,
      Supplier<Optional<Instant>> lastLook,
      Supplier<List<String>> troubles,
      BooleanSupplier braked,
      InstantSource clock) {
    this.reachable = new ReachableHealth(question);
    this.lastLook = lastLook;
    this.troubles = troubles;
    this.braked = braked;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Health answer = reachable.health();
    var health = Health.status(answer.getStatus());
    health.withDetails(answer.getDetails());
    Optional<Instant> look = lastLook.get();
    health.withDetail("lastLook", look.map(Instant::toString).orElse("none"));
    List<String> wrong = troubles.get();
    if (!wrong.isEmpty()) {
      health.withDetail("troubles", String.join("; ", wrong));
    }
    boolean held = braked.getAsBoolean();
    health.withDetail("brake", held ? "too many left at once, nothing was revoked" : "off");
    Instant patienceEnds = clock.instant().minus(PATIENCE);
    if (held || !wrong.isEmpty() || look.filter(last -> !last.isBefore(patienceEnds)).isEmpty()) {
      health.down();
    }
    return health.build();
  }
}
