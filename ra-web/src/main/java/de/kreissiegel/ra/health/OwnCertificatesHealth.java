package de.kreissiegel.ra.health;

import de.kreissiegel.ca.own.OwnCertificate;
import de.kreissiegel.ca.own.OwnCertificateWatch;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down if a certificate on which the house stands ends, and nothing but people can help. */
public final class OwnCertificatesHealth implements HealthIndicator {
  private final OwnCertificateWatch watch;

  public OwnCertificatesHealth(OwnCertificateWatch watch) {
    this.watch = watch;
  }

  @Override
  public Health health() {
    List<OwnCertificate> urgent = watch.urgent();
    if (!urgent.isEmpty()) {
      return Health.down().withDetail("urgent", sentences(urgent)).build();
    }
    List<OwnCertificate> due =
        watch.all().stream().filter(one -> one.state() != OwnCertificate.State.GOOD).toList();
    Health.Builder health = Health.up().withDetail("watched", watch.all().size());
    return due.isEmpty() ? health.build() : health.withDetail("due", sentences(due)).build();
  }

  private static String sentences(List<OwnCertificate> some) {
    return some.stream().map(OwnCertificate::sentence).collect(Collectors.joining(" "));
  }
}
