package de.kreissiegel.ra.health;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.clock.ClockCheck;
import de.kreissiegel.ca.hierarchy.CalendarWarning;
import de.kreissiegel.ca.hierarchy.HierarchyCalendar;
import de.kreissiegel.ca.publication.Backlogs.Backlog;
import de.kreissiegel.ca.relay.AuditRelay;
import de.kreissiegel.ca.relay.RelayBook;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.status.CrlFile;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.status.CrlStanding;
import de.kreissiegel.ca.status.CrlStanding.Freshness;
import de.kreissiegel.ca.status.CrlWork;
import de.kreissiegel.ca.superior.SuperiorState;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.house.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

class HealthTest {
  private final MovableClock clock = new MovableClock();

  @Test
  void isDownWhenAQuestionIsNotAnswered() {
    var health =
        new ReachableHealth(
            () -> {
              throw new IOException("connection refused");
            });
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails()).containsEntry("cause", "connection refused");
    assertThat(new ReachableHealth(() -> "7 keys").health())
        .isEqualTo(Health.up().withDetail("answer", "7 keys").build());
  }

  @Test
  void isDownWhenTheOutboxIsStuck() {
    var now = clock.instant();
    assertThat(outbox(Optional.empty())).isEqualTo(Status.UP);
    assertThat(outbox(Optional.of(now.minus(Duration.ofMinutes(14))))).isEqualTo(Status.UP);
    assertThat(outbox(Optional.of(now.minus(Duration.ofMinutes(16))))).isEqualTo(Status.DOWN);
  }

  @Test
  void isDownWhenACrlIsMissingOrHasRunOutAndOutOfServiceWellBefore() {
    assertThat(crl(Freshness.FRESH, true).getStatus()).isEqualTo(Status.UP);
    assertThat(crl(Freshness.AGING, true).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(crl(Freshness.STALE, true).getStatus()).isEqualTo(Status.DOWN);
    assertThat(crl(Freshness.STALE, false).getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void saysHowOldEachCrlIs() {
    assertThat(crl(Freshness.FRESH, true).getDetails().get("people-p2").toString())
        .startsWith("number 7, PT5M old, fresh, next update ");
    assertThat(crl(Freshness.STALE, false).getDetails()).containsEntry("people-p2", "none");
  }

  @Test
  void isDownWhenTheSecondHostOfTheTrailIsOutOrLate() {
    var now = clock.instant();
    assertThat(new SyslogHealth(Optional::empty, clock).health().getStatus()).isEqualTo(Status.UP);
    assertThat(syslog(Optional.empty(), Optional.empty())).isEqualTo(Status.UP);
    assertThat(syslog(Optional.of(now.minusSeconds(59)), Optional.empty())).isEqualTo(Status.UP);
    assertThat(syslog(Optional.of(now.minusSeconds(61)), Optional.empty())).isEqualTo(Status.DOWN);
    assertThat(syslog(Optional.empty(), Optional.of(now.minusSeconds(299)))).isEqualTo(Status.UP);
    assertThat(syslog(Optional.empty(), Optional.of(now.minusSeconds(301)))).isEqualTo(Status.DOWN);
  }

  private Status syslog(Optional<Instant> outSince, Optional<Instant> oldest) {
    var state =
        new AuditRelay.State(
            "log.example:6514",
            new RelayBook.Backlog(oldest.isPresent() ? 1 : 0, oldest),
            outSince.map(since -> new AuditRelay.Outage(since, "connection refused")));
    return new SyslogHealth(() -> Optional.of(state), clock).health().getStatus();
  }

  @Test
  void isDownWhenTheClockIsOff() {
    assertThat(clockAhead(Duration.ofSeconds(2))).isEqualTo(Status.UP);
    assertThat(clockAhead(Duration.ofSeconds(-3))).isEqualTo(Status.DOWN);
  }

  private static Status clockAhead(Duration ahead) {
    var reading = new ClockCheck.Reading("database", Optional.of(ahead), Duration.ZERO);
    return new ClockHealth(() -> List.of(reading)).health().getStatus();
  }

  @Test
  void isDownWhenNobodyLooksWhoLeftOrTooManyLeftAtOnce() {
    var now = Optional.of(clock.instant());
    assertThat(directory(now, false).getStatus()).isEqualTo(Status.UP);
    assertThat(directory(Optional.empty(), false).getStatus()).isEqualTo(Status.DOWN);
    var braked = directory(now, true);
    assertThat(braked.getStatus()).isEqualTo(Status.DOWN);
    assertThat(braked.getDetails().get("brake")).asString().contains("nothing was revoked");
    clock.forward(Duration.ofSeconds(61));
    assertThat(directory(now, false).getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void isDownWhileADirectoryCannotBeFollowedThoughItAnswers() {
    var blind =
        new DirectoryHealth(
            () -> "27 tenants",
            () -> Optional.of(clock.instant()),
            () -> List.of("district: nobody is found"),
            () -> false,
            clock);
    assertThat(blind.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(blind.health().getDetails()).containsEntry("troubles", "district: nobody is found");
  }

  @Test
  void isDownWhenTheDirectoryIsAwayHoweverFreshTheLastLook() {
    var away =
        new DirectoryHealth(
            () -> {
              throw new IOException("away");
            },
            () -> Optional.of(clock.instant()),
            () -> List.of("district: busy"),
            () -> false,
            clock);
    assertThat(away.health().getDetails()).containsEntry("troubles", "district: busy");
    assertThat(away.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(away.health().getDetails()).containsEntry("cause", "away");
  }

  @Test
  void isDownWhenAPartThrows() {
    HealthIndicator broken =
        () -> {
          throw new IllegalStateException("no connection");
        };
    var health = new BoundedHealth(broken, Duration.ofSeconds(20)).health();
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails().get("cause")).asString().contains("no connection");
  }

  @Test
  void isDownWhileAPartIsFrozenAndAsksItOnlyOnce() {
    var thaw = new CountDownLatch(1);
    var asked = new AtomicInteger();
    HealthIndicator frozen =
        () -> {
          asked.incrementAndGet();
          try {
            thaw.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          return Health.up().build();
        };
    var impatient = new BoundedHealth(frozen, Duration.ofMillis(20));
    assertThat(impatient.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(impatient.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(asked).hasValue(1);
    thaw.countDown();
    var patient = new BoundedHealth(frozen, Duration.ofSeconds(20));
    assertThat(patient.health().getStatus()).isEqualTo(Status.UP);
  }

  private Status outbox(Optional<Instant> oldest) {
    var refused = new Backlog(new DirectoryName("ad"), 0, Optional.empty(), 3);
    var waiting = new Backlog(new DirectoryName("district"), oldest.isPresent() ? 1 : 0, oldest, 0);
    return new OutboxHealth(() -> List.of(refused, waiting), clock).health().getStatus();
  }

  @Test
  void measuresWhatWaitsForEachDirectoryAndWhatItRefused() {
    var registry = new SimpleMeterRegistry();
    var since = Optional.of(clock.instant().minusSeconds(90));
    var backlogs = List.of(new Backlog(new DirectoryName("ad"), 7, since, 2));
    try (var metrics = new PublicationMetrics(() -> backlogs, clock, registry)) {
      metrics.measure();
      for (var expected :
          Map.of("waiting", 7.0, "oldest.seconds", 90.0, "refused", 2.0).entrySet()) {
        assertThat(
                registry
                    .get("publication." + expected.getKey())
                    .tag("directory", "ad")
                    .gauge()
                    .value())
            .isEqualTo(expected.getValue());
      }
    }
  }

  @Test
  void measuresHowLongEachCrlStillHolds() {
    var registry = new SimpleMeterRegistry();
    CrlName name = CrlName.of(new AuthorityName("people"), 2);
    try (var metrics =
        new CrlMetrics(
            () -> List.of(standing(Freshness.FRESH, true)),
            () -> List.of(new CrlWork(name, 4, 1, Duration.ofMillis(1500))),
            clock,
            registry)) {
      metrics.measure();
    }
    assertThat(gauge(registry, "crl.remaining.seconds")).isEqualTo(3600);
    assertThat(gauge(registry, "crl.age.seconds")).isEqualTo(300);
    assertThat(gauge(registry, "crl.number")).isEqualTo(7);
    assertThat(gauge(registry, "crl.entries")).isEqualTo(3);
    assertThat(gauge(registry, "crl.failed")).isEqualTo(1);
    assertThat(gauge(registry, "crl.duration.seconds")).isEqualTo(1.5);
  }

  @Test
  void warnsOfASuperiorsCrlThatCanNotBeFetchedAsLongAsTheOneHereHolds() {
    Instant since = clock.instant().minus(Duration.ofHours(3));
    var failing =
        superior(
            Optional.of(new SuperiorState.Failure(since, "http://a.example/x.crl is away", since)));
    Health warned = hierarchy(false, failing);
    assertThat(warned.getStatus()).isEqualTo(Status.UP);
    assertThat(warned.getDetails().get("warnings").toString())
        .contains("people-superior-1", "since " + since, "is away", "superior-crl");
    assertThat(warned.getDetails()).doesNotContainKey("superiorCrls");
    assertThat(hierarchy(true, failing).getStatus()).isEqualTo(Status.DOWN);
    Health well = hierarchy(false, superior(Optional.empty()));
    assertThat(well.getDetails()).doesNotContainKey("warnings");
    assertThat(well.getDetails().get("superiorCrls").toString())
        .contains("holds until", "Passed over: ldap://a.example/cn=x");
  }

  @Test
  void measuresTheCrlsOfSuperiors() {
    var registry = new SimpleMeterRegistry();
    var failing =
        superior(Optional.of(new SuperiorState.Failure(clock.instant(), "x", clock.instant())));
    try (var metrics = new SuperiorMetrics(() -> List.of(failing), clock, registry)) {
      metrics.measure();
    }
    for (var expected :
        Map.of("remaining.seconds", 3600.0, "fetched", 4.0, "failed", 2.0, "failing", 1.0)
            .entrySet()) {
      assertThat(
              registry
                  .get("superior.crl." + expected.getKey())
                  .tag("superior", "people-superior-1")
                  .gauge()
                  .value())
          .as(expected.getKey())
          .isEqualTo(expected.getValue());
    }
  }

  private Health hierarchy(boolean urgent, SuperiorState superior) {
    List<CalendarWarning> warnings =
        urgent ? List.of(new CalendarWarning(true, "veraltet", "too old")) : List.of();
    return new HierarchyHealth(
            () -> new HierarchyCalendar(List.of(), warnings), () -> List.of(superior))
        .health();
  }

  private SuperiorState superior(Optional<SuperiorState.Failure> failure) {
    return new SuperiorState(
        new AuthorityName("people-superior-1"),
        List.of(URI.create("http://a.example/x.crl")),
        List.of("ldap://a.example/cn=x"),
        Optional.of(clock.instant()),
        failure,
        Optional.of(clock.instant().plus(Duration.ofHours(1))),
        4,
        2);
  }

  private static double gauge(SimpleMeterRegistry registry, String name) {
    return registry.get(name).tag("list", "people-p2").gauge().value();
  }

  private Health crl(Freshness freshness, boolean there) {
    return new CrlHealth(() -> List.of(standing(freshness, there)), clock).health();
  }

  private CrlStanding standing(Freshness freshness, boolean there) {
    CrlName name = CrlName.of(new AuthorityName("people"), 2);
    Instant now = clock.instant();
    var list =
        new CrlFile(
            name,
            7,
            now.minus(Duration.ofMinutes(5)),
            now.plus(Duration.ofHours(1)),
            3,
            500,
            Bytes.of(new byte[32]),
            Path.of("nowhere"));
    return new CrlStanding(name, there ? Optional.of(list) : Optional.empty(), freshness);
  }

  private Health directory(Optional<Instant> lastLook, boolean braked) {
    return new DirectoryHealth(() -> "27 tenants", () -> lastLook, List::of, () -> braked, clock)
        .health();
  }
}
