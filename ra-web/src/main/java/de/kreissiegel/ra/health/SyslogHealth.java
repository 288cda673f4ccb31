package de.kreissiegel.ra.health;

import de.kreissiegel.ca.relay.AuditRelay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down if the second host of audit events has been out for more than a minute, or something has
 * waited for it for more than five.
 */
public final class SyslogHealth implements HealthIndicator {
  private static final Duration OUT = Duration.ofMinutes(1);
  private static final Duration LATE = Duration.ofMinutes(5);

  private final Supplier<Optional<AuditRelay.State>> state;
  private final InstantSource clock;

  /**
   * @param state how it goes; empty if there is no such host
   */
  public SyslogHealth(Supplier<Optional<AuditRelay.State>> state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Optional<AuditRelay.State> now = state.get();
    if (now.isEmpty()) {
      return Health.up().withDetail("host", "none configured").build();
    }
    var backlog = now.get().backlog();
    var outage = now.get().outage();
    var health = Health.up().withDetail("host", now.get().host());
    health.withDetail("waiting", backlog.events());
    backlog.oldest().ifPresent(oldest -> health.withDetail("oldest", oldest.toString()));
    outage.ifPresent(
        out ->
            health.withDetail("outSince", out.since().toString()).withDetail("cause", out.cause()));
    boolean isOut = outage.filter(out -> isBefore(out.since(), OUT)).isPresent();
    boolean isLate = backlog.oldest().filter(oldest -> isBefore(oldest, LATE)).isPresent();
    return isOut || isLate ? health.down().build() : health.build();
  }

  private boolean isBefore(java.time.Instant time, Duration patience) {
    return time.isBefore(clock.instant().minus(patience));
  }
}
