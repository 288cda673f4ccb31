package de.kreissiegel.ra.health;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.publication.OutboxQueue.Backlog;
import de.kreissiegel.ca.status.Crl;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.ra.house.MovableClock;
import java.io.IOException;
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
  void isDownWhenACrlIsMissingOrHasRunOut() {
    var now = clock.instant();
    assertThat(crl(Optional.of(now.plusSeconds(1)))).isEqualTo(Status.UP);
    assertThat(crl(Optional.of(now))).isEqualTo(Status.DOWN);
    assertThat(crl(Optional.empty())).isEqualTo(Status.DOWN);
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
  void isDownWhenTheDirectoryIsAwayHoweverFreshTheLastLook() {
    var away =
        new DirectoryHealth(
            () -> {
              throw new IOException("away");
            },
            () -> Optional.of(clock.instant()),
            () -> false,
            clock);
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
    return new OutboxHealth(() -> new Backlog(oldest.isPresent() ? 1 : 0, oldest), clock)
        .health()
        .getStatus();
  }

  private Status crl(Optional<Instant> nextUpdate) {
    var people =
        new Authority(
            new AuthorityName("people"),
            Bytes.of(new byte[] {1}),
            List.of(),
            new KeyId("people"),
            Optional.empty(),
            Bytes.of(new byte[] {0x30, 0}),
            Bytes.of(new byte[20]),
            clock.instant().plus(Duration.ofDays(365)));
    var crl = nextUpdate.map(next -> new Crl(Bytes.of(new byte[] {1}), 1, clock.instant(), next));
    return new CrlHealth(new AuthorityCatalog(List.of(people), Map.of()), _ -> crl, clock)
        .health()
        .getStatus();
  }

  private Health directory(Optional<Instant> lastLook, boolean braked) {
    return new DirectoryHealth(() -> "27 tenants", () -> lastLook, () -> braked, clock).health();
  }
}
