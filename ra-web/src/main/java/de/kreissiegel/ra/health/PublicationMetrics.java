package de.kreissiegel.ra.health;

import de.kreissiegel.ca.publication.Backlogs.Backlog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What waits to be published, by directory: {@code publication_waiting}, {@code
 * publication_oldest_seconds} (how long the oldest of these has waited) and {@code
 * publication_refused}.
 */
public final class PublicationMetrics implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Measuring measuring = new Measuring("publication-metrics", PAUSE, this::measure);
  private final Supplier<List<Backlog>> backlogs;
  private final InstantSource clock;
  private final MultiGauge waiting;
  private final MultiGauge oldest;
  private final MultiGauge refused;

  public PublicationMetrics(
      Supplier<List<Backlog>> backlogs, InstantSource clock, MeterRegistry registry) {
    this.backlogs = backlogs;
    this.clock = clock;
    this.waiting = gauge(registry, "publication.waiting", "what waits to be published");
    this.oldest = gauge(registry, "publication.oldest.seconds", "how long the oldest has waited");
    this.refused = gauge(registry, "publication.refused", "what the directory has refused");
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  /** Begins to measure every few seconds. */
  public void start() {
    measuring.start();
  }

  @Override
  public void close() {
    measuring.close();
  }

  /** Measures anew. */
  void measure() {
    List<Backlog> all = backlogs.get();
    rows(waiting, all, Backlog::waiting);
    rows(oldest, all, this::age);
    rows(refused, all, Backlog::refused);
  }

  private double age(Backlog backlog) {
    return backlog
        .oldest()
        .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
        .orElse(0.0);
  }

  private static void rows(MultiGauge gauge, List<Backlog> all, ToDoubleFunction<Backlog> value) {
    gauge.register(
        all.stream()
            .map(
                one ->
                    MultiGauge.Row.of(
                        Tags.of("directory", one.destination().value()), value.applyAsDouble(one)))
            .toList(),
        true);
  }
}
