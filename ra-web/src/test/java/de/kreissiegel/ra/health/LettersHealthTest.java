package de.kreissiegel.ra.health;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.letter.LetterBook.Standing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class LettersHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

  @Test
  void isUpWhereNoLettersAreSentAndSaysSo() {
    Health health = health(new Standing(false, 0, 0, Optional.empty(), 0, 0));
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails().get("letters").toString()).startsWith("none are sent");
  }

  @Test
  void isDownOnceALetterHasWaitedForAnHour() {
    assertThat(health(waitingFor(Duration.ofMinutes(59))).getStatus()).isEqualTo(Status.UP);
    assertThat(health(waitingFor(Duration.ofMinutes(61))).getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void isDownWhereALetterWasGivenUpButNotForOneThatCameBack() {
    assertThat(health(new Standing(true, 0, 0, Optional.empty(), 1, 0)).getStatus())
        .isEqualTo(Status.DOWN);
    assertThat(health(new Standing(true, 0, 0, Optional.empty(), 0, 1)).getStatus())
        .isEqualTo(Status.UP);
  }

  @Test
  void measuresHowTheQueueStands() {
    var registry = new SimpleMeterRegistry();
    var metrics = new LetterMetrics(() -> waitingFor(Duration.ofMinutes(2)), () -> NOW, registry);
    metrics.measure();

    assertThat(registry.get("letters.waiting").gauge().value()).isEqualTo(3);
    assertThat(registry.get("letters.oldest.seconds").gauge().value()).isEqualTo(120);
    assertThat(registry.get("letters.failed").gauge().value()).isZero();
  }

  private static Standing waitingFor(Duration time) {
    return new Standing(true, 1, 2, Optional.of(NOW.minus(time)), 0, 0);
  }

  private static Health health(Standing standing) {
    return new LettersHealth(() -> standing, () -> NOW).health();
  }
}
