package de.kreissiegel.ra.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long changes of status took until OCSP told of them: the metric {@code
 * revocation_to_status_seconds}, held against its objective.
 */
public final class StatusMeters implements MeterBinder, Consumer<Duration> {
  /** A missed objective is remembered for so long. */
  private static final Duration REMEMBERED = Duration.ofMinutes(15);

  private final Duration objective;
  private final InstantSource clock;
  private volatile @Nullable Timer timer;
  private volatile @Nullable Miss last;

  /** A change that was told of too late. */
  private record Miss(Instant at, Duration took) {}

  /**
   * @param objective how soon a change is to be told of
   */
  public StatusMeters(Duration objective, InstantSource clock) {
    this.objective = objective;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    timer =
        Timer.builder("revocation.to.status")
            .description("From a change of a certificate's status until OCSP told of it")
            .serviceLevelObjectives(
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                objective)
            .register(registry);
  }

  @Override
  public void accept(Duration took) {
    Timer bound = timer;
    if (bound != null) {
      bound.record(took);
    }
    if (took.compareTo(objective) > 0) {
      last = new Miss(clock.instant(), took);
    }
  }

  public Duration objective() {
    return objective;
  }

  /** How long the change took that missed the objective, if one did within a quarter of an hour. */
  public Optional<Duration> missed() {
    Miss known = last;
    return known != null && known.at().plus(REMEMBERED).isAfter(clock.instant())
        ? Optional.of(known.took())
        : Optional.empty();
  }
}
