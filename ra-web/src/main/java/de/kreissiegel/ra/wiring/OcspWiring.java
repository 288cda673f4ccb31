package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.status.OcspCounts;
import de.kreissiegel.ca.status.OcspService;
import de.kreissiegel.ca.status.OcspSettings;
import de.kreissiegel.ra.health.BoundedHealth;
import de.kreissiegel.ra.health.OcspHealth;
import de.kreissiegel.ra.health.StatusMeters;
import de.kreissiegel.ra.pages.certificates.ServiceHours;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How OCSP answers, what it counts, and whether it is well. */
@Configuration(proxyBeanMethods = false)
public class OcspWiring {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  @Bean
  StatusMeters statusMeters(Installation installation, Clock clock) {
    return new StatusMeters(installation.ocsp().objective(), clock);
  }

  @Bean
  HealthIndicator ocspHealthIndicator(
      CertificationAuthority authority, StatusMeters meters, Clock clock) {
    return new BoundedHealth(new OcspHealth(authority.ocsp(), meters, clock), PATIENCE);
  }

  @Bean
  MeterBinder ocspMeters(CertificationAuthority authority, Clock clock) {
    return meters(authority.ocsp(), clock);
  }

  /** Shown where certificates are revoked; nothing is shown where nothing is promised. */
  @Bean
  @Nullable ServiceHours serviceHours(Installation installation) {
    return installation.serviceHours();
  }

  static OcspSettings settings(Installation installation, ProfileCatalog profiles) {
    Installation.Ocsp ocsp = installation.ocsp();
    var neverIssued =
        Optional.ofNullable(ocsp.neverIssued()).orElse(Map.of()).entrySet().stream()
            .collect(
                Collectors.toMap(entry -> new AuthorityName(entry.getKey()), Map.Entry::getValue));
    return new OcspSettings(
        ocsp.validity(),
        Optional.ofNullable(ocsp.archive()),
        neverIssued,
        profile -> maxAge(profiles, profile),
        Optional.ofNullable(ocsp.copy()));
  }

  /** A certificate's profile may be one that is not offered any more. */
  private static Duration maxAge(ProfileCatalog profiles, ProfileName name) {
    return profiles.find(name).map(profile -> profile.statusMaxAge()).orElse(MAX_AGE);
  }

  static MeterBinder meters(OcspService ocsp, Clock clock) {
    return registry -> {
      OcspCounts counts = ocsp.responder().counts();
      Map<String, ToDoubleFunction<OcspCounts>> outcomes =
          Map.of(
              "ready", OcspCounts::ready,
              "signed", OcspCounts::signed,
              "try-later", OcspCounts::tryLater,
              "malformed", OcspCounts::malformed,
              "unauthorized", OcspCounts::unauthorized);
      outcomes.forEach(
          (outcome, count) ->
              FunctionCounter.builder("ocsp.answers", counts, count)
                  .tag("outcome", outcome)
                  .description("OCSP requests, by how they were answered")
                  .register(registry));
      FunctionCounter.builder("ocsp.nonce.unsigned", counts, OcspCounts::nonceUnsigned)
          .description("Requests with a nonce that got an answer without, since nobody could sign")
          .register(registry);
      Gauge.builder("ocsp.answers.ready", ocsp, OcspService::ready)
          .description("Certificates whose answer is ready on this node")
          .register(registry);
      Gauge.builder(
              "ocsp.answers.age",
              () -> OcspHealth.age(ocsp.responder(), clock.instant()).toMillis() / 1000.0)
          .baseUnit("seconds")
          .description("Since when this node has not heard of changes")
          .register(registry);
    };
  }
}
