package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.hierarchy.HierarchyCalendar;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.superior.SuperiorWatch;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.ldap.follow.DirectoryFollowers;
import de.kreissiegel.ra.health.BoundedHealth;
import de.kreissiegel.ra.health.ClockHealth;
import de.kreissiegel.ra.health.CrlHealth;
import de.kreissiegel.ra.health.CrlMetrics;
import de.kreissiegel.ra.health.DirectoryHealth;
import de.kreissiegel.ra.health.EmergencyHealth;
import de.kreissiegel.ra.health.HierarchyHealth;
import de.kreissiegel.ra.health.HouseHealth;
import de.kreissiegel.ra.health.HouseState;
import de.kreissiegel.ra.health.LetterMetrics;
import de.kreissiegel.ra.health.LettersHealth;
import de.kreissiegel.ra.health.OutboxHealth;
import de.kreissiegel.ra.health.OwnCertificatesHealth;
import de.kreissiegel.ra.health.PublicationMetrics;
import de.kreissiegel.ra.health.ReachableHealth;
import de.kreissiegel.ra.health.RoleConflictHealth;
import de.kreissiegel.ra.health.SyslogHealth;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The components of {@code /actuator/health}. Each one's name is its bean's, without {@code
 * HealthIndicator}.
 */
@Configuration(proxyBeanMethods = false)
public class HealthWiring {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Says also whether a commit is on the disk when it is done, which it should be. */
  @Bean
  HealthIndicator databaseHealthIndicator(DataSource database) {
    return bounded(
        new ReachableHealth(
            () ->
                "PostgreSQL "
                    + show(database, "server_version")
                    + ", fsync "
                    + show(database, "fsync")));
  }

  /** The same for people who look at the pages. */
  @Bean
  HouseState houseState(HealthEndpoint endpoint) {
    return new HouseHealth(endpoint);
  }

  /** The vault, and whether its journal is still the one that we know. */
  @Bean
  HealthIndicator signerHealthIndicator(VaultDoor signer, CertificationAuthority authority) {
    return signer(signer, authority::journalFault);
  }

  static HealthIndicator signer(VaultDoor signer, Supplier<Optional<String>> journalFault) {
    return bounded(
        new ReachableHealth(
            () -> {
              var keys = signer.keys();
              Optional<String> fault = journalFault.get();
              if (fault.isPresent()) {
                throw new SigningUnavailable("people have to look into it: " + fault.get());
              }
              VaultHealth vault = signer.health();
              if (!vault.good()) {
                throw new SigningUnavailable(troubles(vault));
              }
              long active =
                  keys.stream().filter(key -> key.state() == VaultKey.State.ACTIVE).count();
              return "%d of %d keys active, journal of %d entries, %d refusals%s%s"
                  .formatted(
                      active,
                      keys.size(),
                      vault.journal().entries(),
                      vault.refusals(),
                      vault.lastRefusal().map(last -> ", the last at " + last.time()).orElse(""),
                      remarks(vault));
            }));
  }

  private static String troubles(VaultHealth vault) {
    return Stream.concat(
            Stream.of(vault.journal().sentence()),
            vault.tokens().stream()
                .filter(token -> !token.present())
                .map(token -> "token " + token.name() + ": " + token.sentence()))
        .filter(sentence -> !sentence.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Tokens that answer may have something to say, too: of a key that is missing, of a PIN. */
  private static String remarks(VaultHealth vault) {
    return vault.tokens().stream()
        .filter(token -> !token.sentence().isEmpty())
        .map(token -> "; token " + token.name() + ": " + token.sentence())
        .collect(Collectors.joining());
  }

  @Bean
  HealthIndicator directoryHealthIndicator(
      SubjectDirectory directory,
      DirectoryFollowers followers,
      CertificationAuthority authority,
      Clock clock) {
    return bounded(
        new DirectoryHealth(
            () -> directory.tenants().size() + " tenants",
            followers::lastLook,
            followers::troubles,
            authority.lifecycle()::isBraked,
            clock));
  }

  @Bean
  HealthIndicator outboxHealthIndicator(CertificationAuthority authority, Clock clock) {
    return bounded(new OutboxHealth(authority.backlogs()::all, clock));
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  PublicationMetrics publicationMetrics(
      CertificationAuthority authority, Clock clock, MeterRegistry registry) {
    return new PublicationMetrics(authority.backlogs()::all, clock, registry);
  }

  @Bean
  HealthIndicator lettersHealthIndicator(LetterBook letters, Clock clock) {
    return bounded(new LettersHealth(letters::standing, clock));
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  LetterMetrics letterMetrics(LetterBook letters, Clock clock, MeterRegistry registry) {
    return new LetterMetrics(letters::standing, clock, registry);
  }

  @Bean
  HealthIndicator crlHealthIndicator(CertificationAuthority authority, Clock clock) {
    return bounded(new CrlHealth(authority.crlWatch()::standings, clock));
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  CrlMetrics crlMetrics(CertificationAuthority authority, Clock clock, MeterRegistry registry) {
    return new CrlMetrics(authority.crlWatch()::standings, authority::crlWork, clock, registry);
  }

  @Bean
  HealthIndicator hierarchyHealthIndicator(
      Installation installation,
      AuthorityCatalog authorities,
      ProfileCatalog profiles,
      SuperiorWatch superiors,
      Clock clock) {
    return bounded(
        new HierarchyHealth(
            () ->
                HierarchyCalendar.of(
                    withSuperiorsLists(authorities, installation.authorities()),
                    profiles.all(),
                    clock.instant(),
                    Period.ofYears(10)),
            installation.superiorCrls().fetch() ? superiors::states : List::of));
  }

  /** They may have come since the start. */
  private static AuthorityCatalog withSuperiorsLists(AuthorityCatalog authorities, Path folder) {
    try {
      return AuthorityFiles.withSuperiorsLists(authorities, folder);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Bean
  HealthIndicator ownCertificatesHealthIndicator(CertificationAuthority authority) {
    return bounded(new OwnCertificatesHealth(authority.ownCertificates()));
  }

  @Bean
  HealthIndicator emergencyHealthIndicator(CertificationAuthority authority) {
    return bounded(new EmergencyHealth(authority.entrance().breakGlass()));
  }

  @Bean
  HealthIndicator rolesHealthIndicator(CertificationAuthority authority) {
    return bounded(new RoleConflictHealth(authority.entrance()::roleConflicts));
  }

  @Bean
  HealthIndicator syslogHealthIndicator(CertificationAuthority authority, Clock clock) {
    return bounded(new SyslogHealth(authority::relayState, clock));
  }

  @Bean
  HealthIndicator clockHealthIndicator(CertificationAuthority authority) {
    return bounded(new ClockHealth(authority.clockCheck()::read));
  }

  private static HealthIndicator bounded(HealthIndicator part) {
    return new BoundedHealth(part, PATIENCE);
  }

  private static String show(DataSource database, String setting) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement("select current_setting(?)")) {
      statement.setString(1, setting);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
