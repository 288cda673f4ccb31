package de.kreissiegel.ra.health;

import de.kreissiegel.ca.status.CrlFile;
import de.kreissiegel.ca.status.CrlStanding;
import de.kreissiegel.ca.status.CrlWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What can be measured of each list, by its name: {@code crl_remaining_seconds} (until its
 * nextUpdate; negative once it has run out), {@code crl_age_seconds}, {@code crl_entries}, {@code
 * crl_number}, {@code crl_octets}, as this node serves it; {@code crl_made}, {@code crl_failed} and
 * {@code crl_duration_seconds} of those that this node made.
 */
public final class CrlMetrics implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Measuring measuring = new Measuring("crl-metrics", PAUSE, this::measure);
  private final Supplier<List<CrlStanding>> standings;
  private final Supplier<List<CrlWork>> work;
  private final InstantSource clock;
  private final MultiGauge remaining;
  private final MultiGauge age;
  private final MultiGauge entries;
  private final MultiGauge number;
  private final MultiGauge octets;
  private final MultiGauge made;
  private final MultiGauge failed;
  private final MultiGauge duration;

  /**
   * @param standings how all lists stand
   * @param work how their making goes
   */
  public CrlMetrics(
      Supplier<List<CrlStanding>> standings,
      Supplier<List<CrlWork>> work,
      InstantSource clock,
      MeterRegistry registry) {
    this.standings = standings;
    this.work = work;
    this.clock = clock;
    this.remaining = gauge(registry, "crl.remaining.seconds", "until the list runs out");
    this.age = gauge(registry, "crl.age.seconds", "since the list was made");
    this.entries = gauge(registry, "crl.entries", "how many entries the list has");
    this.number = gauge(registry, "crl.number", "the list's CRLNumber");
    this.octets = gauge(registry, "crl.octets", "how long the list is");
    this.made = gauge(registry, "crl.made", "how many lists this node made since it started");
    this.failed = gauge(registry, "crl.failed", "how many it could not make");
    this.duration = gauge(registry, "crl.duration.seconds", "how long the last one took");
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
    List<CrlFile> lists =
        standings.get().stream().flatMap(standing -> standing.list().stream()).toList();
    rows(remaining, lists, list -> seconds(Duration.between(clock.instant(), list.nextUpdate())));
    rows(age, lists, list -> seconds(Duration.between(list.thisUpdate(), clock.instant())));
    rows(entries, lists, CrlFile::entries);
    rows(number, lists, CrlFile::number);
    rows(octets, lists, CrlFile::length);
    List<CrlWork> done = work.get();
    workRows(made, done, CrlWork::made);
    workRows(failed, done, CrlWork::failed);
    workRows(duration, done, one -> seconds(one.last()));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static void rows(MultiGauge gauge, List<CrlFile> lists, ToDoubleFunction<CrlFile> value) {
    gauge.register(
        lists.stream()
            .map(
                list ->
                    MultiGauge.Row.of(
                        Tags.of("list", list.name().label()), value.applyAsDouble(list)))
            .toList(),
        true);
  }

  private static void workRows(
      MultiGauge gauge, List<CrlWork> work, ToDoubleFunction<CrlWork> value) {
    gauge.register(
        work.stream()
            .map(
                one ->
                    MultiGauge.Row.of(
                        Tags.of("list", one.name().label()), value.applyAsDouble(one)))
            .toList(),
        true);
  }
}
