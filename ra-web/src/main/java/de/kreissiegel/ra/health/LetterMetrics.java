package de.kreissiegel.ra.health;

import de.kreissiegel.ca.letter.LetterBook.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * How the queue of letters stands: {@code letters_waiting}, {@code letters_oldest_seconds} (how
 * long the oldest of these has waited), {@code letters_failed} and {@code letters_bounced}.
 */
public final class LetterMetrics implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Measuring measuring = new Measuring("letter-metrics", PAUSE, this::measure);
  private final Supplier<Standing> letters;
  private final InstantSource clock;
  private volatile Standing last = new Standing(false, 0, 0, Optional.empty(), 0, 0);

  public LetterMetrics(Supplier<Standing> letters, InstantSource clock, MeterRegistry registry) {
    this.letters = letters;
    this.clock = clock;
    gauge(registry, "letters.waiting", "what waits to be sent", it -> it.cues() + it.waiting());
    gauge(registry, "letters.oldest.seconds", "how long the oldest has waited", this::age);
    gauge(registry, "letters.failed", "what was given up", Standing::failed);
    gauge(registry, "letters.bounced", "what came back", Standing::bounced);
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Standing> value) {
    Gauge.builder(name, () -> value.applyAsDouble(last))
        .description(description)
        .register(registry);
  }

  private double age(Standing standing) {
    return standing
        .oldest()
        .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
        .orElse(0.0);
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
    last = letters.get();
  }
}
