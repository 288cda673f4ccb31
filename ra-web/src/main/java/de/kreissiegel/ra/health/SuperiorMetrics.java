package de.kreissiegel.ra.health;

import de.kreissiegel.ca.superior.SuperiorState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What can be measured of the CRLs of external superiors, by the superior's name: {@code
 * superior_crl_remaining_seconds} (until the nextUpdate of the one that is here; negative once it
 * has run out), {@code superior_crl_fetched}, {@code superior_crl_failed} (tries since this node
 * started) and {@code superior_crl_failing} (1 if the last try failed).
 */
public final class SuperiorMetrics implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private final Measuring measuring = new Measuring("superior-metrics", PAUSE, this::measure);
  private final Supplier<List<SuperiorState>> states;
  private final InstantSource clock;
  private final MultiGauge remaining;
  private final MultiGauge fetched;
  private final MultiGauge failed;
  private final MultiGauge failing;

  /**
   * @param states how it goes with each
   */
  public SuperiorMetrics(
      Supplier<List<SuperiorState>> states, InstantSource clock, MeterRegistry registry) {
    this.states = states;
    this.clock = clock;
    this.remaining = gauge(registry, "remaining.seconds", "until the superior's CRL runs out");
    this.fetched = gauge(registry, "fetched", "how many tries to fetch it went well");
    this.failed = gauge(registry, "failed", "how many did not");
    this.failing = gauge(registry, "failing", "1 if the last one did not");
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder("superior.crl." + name).description(description).register(registry);
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
    List<SuperiorState> all = states.get();
    rows(
        remaining,
        all.stream().filter(one -> one.holdsUntil().isPresent()).toList(),
        one ->
            Duration.between(clock.instant(), one.holdsUntil().orElseThrow()).toMillis() / 1000.0);
    rows(fetched, all, SuperiorState::fetched);
    rows(failed, all, SuperiorState::failed);
    rows(failing, all, one -> one.failure().isPresent() ? 1 : 0);
  }

  private static void rows(
      MultiGauge gauge, List<SuperiorState> states, ToDoubleFunction<SuperiorState> value) {
    gauge.register(
        states.stream()
            .map(
                one ->
                    MultiGauge.Row.of(
                        Tags.of("superior", one.name().value()), value.applyAsDouble(one)))
            .toList(),
        true);
  }
}
