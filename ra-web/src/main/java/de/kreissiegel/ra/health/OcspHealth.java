package de.kreissiegel.ra.health;

import de.kreissiegel.ca.status.OcspResponder;
import de.kreissiegel.ca.status.OcspService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down if a change of status was told of too late or still waits, or if this node hasn't heard of
 * changes for a minute; it says how old its answers are and what it had to answer without a nonce.
 */
public final class OcspHealth implements HealthIndicator {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final OcspService ocsp;
  private final StatusMeters meters;
  private final InstantSource clock;

  public OcspHealth(OcspService ocsp, StatusMeters meters, InstantSource clock) {
    this.ocsp = ocsp;
    this.meters = meters;
    this.clock = clock;
  }

  /** How long this node has not heard of changes; never, if it never did. */
  public static Duration age(OcspResponder responder, Instant now) {
    Duration age = Duration.between(responder.asOf(), now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  @Override
  public Health health() {
    Instant now = clock.instant();
    OcspResponder responder = ocsp.responder();
    Duration age = age(responder, now);
    var health = age.compareTo(PATIENCE) > 0 || !ocsp.diskIsWell() ? Health.down() : Health.up();
    health
        .withDetail("ready", ocsp.ready())
        .withDetail("asOf", responder.asOf().toString())
        .withDetail("withoutNonce", responder.counts().nonceUnsigned())
        .withDetail("copyOnDisk", ocsp.diskIsWell() ? "well" : "behind");
    meters
        .missed()
        .ifPresent(
            took ->
                health
                    .down()
                    .withDetail("toldTooLate", took + " instead of " + meters.objective()));
    waiting(health, now);
    return health.build();
  }

  private void waiting(Health.Builder health, Instant now) {
    try {
      var waiting = ocsp.waiting();
      health.withDetail("waiting", waiting.count());
      waiting
          .oldest()
          .filter(oldest -> oldest.plus(meters.objective()).isBefore(now))
          .ifPresent(oldest -> health.down().withDetail("waitingSince", oldest.toString()));
    } catch (RuntimeException away) {
      health.down().withDetail("waiting", "the database doesn't say");
    }
  }
}
