package de.kreissiegel.ra.health;

import de.kreissiegel.ca.clock.ClockCheck;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down if our clock is more than two seconds from another one. */
public final class ClockHealth implements HealthIndicator {
  private final Supplier<List<ClockCheck.Reading>> readings;

  /**
   * @param readings asks the other clocks
   */
  public ClockHealth(Supplier<List<ClockCheck.Reading>> readings) {
    this.readings = readings;
  }

  @Override
  public Health health() {
    var health = Health.up();
    for (ClockCheck.Reading reading : readings.get()) {
      health.withDetail(
          reading.source(),
          reading.ahead().map(far -> far.toMillis() + " ms ahead").orElse("no answer"));
      if (reading.isOff()) {
        health.down();
      }
    }
    return health.build();
  }
}
