package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeactivationTest {
  private static final KeyId BUSY = new KeyId("busy");
  private static final KeyId IDLE = new KeyId("idle");
  private static final char[] SECRET = "passphrase-of-a-test".toCharArray();
  private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

  @TempDir Path directory;
  private Instant now = START;
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  @Test
  void locksWhatLiesIdle() throws Exception {
    try (SoftwareToken token = twoKeys()) {
      Deactivation deactivation =
          new Deactivation(
              token, _ -> new ActivityRules(Optional.of(Duration.ofMinutes(10)), Optional.empty()));
      now = START.plusSeconds(599);
      assertThat(deactivation.sweep(now)).isEmpty();
      token.sign(BUSY, new byte[] {1});
      now = START.plusSeconds(600);
      assertThat(deactivation.due(now)).extracting(Deactivation.Rested::key).containsExactly(IDLE);
      assertThat(deactivation.sweep(now))
          .containsExactly(new Deactivation.Rested(IDLE, "it was not used for 600 s"));
      assertThat(token.isActive(IDLE)).isFalse();
      assertThat(token.isActive(BUSY)).isTrue();
      assertThatThrownBy(() -> token.sign(IDLE, new byte[1])).isInstanceOf(KeyLocked.class);
      assertThat(deactivation.sweep(now)).isEmpty();

      token.activate(IDLE, SECRET);
      now = START.plusSeconds(1200);
      assertThat(deactivation.sweep(now)).hasSize(2);
    }
  }

  @Test
  void locksWhenTheHoursAreOver() throws Exception {
    try (SoftwareToken token = twoKeys()) {
      ActivityRules office =
          new ActivityRules(Optional.empty(), Optional.of(Hours.of("06:00-20:00 Europe/Berlin")));
      Deactivation deactivation =
          new Deactivation(token, id -> id.equals(IDLE) ? office : ActivityRules.always());
      assertThat(deactivation.sweep(Instant.parse("2026-11-23T18:59:59Z"))).isEmpty();
      assertThat(deactivation.sweep(Instant.parse("2026-11-23T19:00:00Z")))
          .containsExactly(
              new Deactivation.Rested(IDLE, "it is active only at 06:00-20:00 Europe/Berlin"));
      assertThat(token.isActive(BUSY)).isTrue();
    }
  }

  @Test
  void letsASignatureThatHasBegunEnd() throws Exception {
    try (SoftwareToken token = twoKeys()) {
      TokenSignature begun = token.begin(BUSY);
      begun.update(new byte[] {1}, 0, 1);
      token.lock(BUSY);
      begun.update(new byte[] {2}, 0, 1);
      byte[] signature = begun.sign().toArray();
      assertThat(Judge.verifies(token.key(BUSY).orElseThrow(), new byte[] {1, 2}, signature))
          .isTrue();
      assertThatThrownBy(() -> token.begin(BUSY)).isInstanceOf(KeyLocked.class);
      assertThatThrownBy(begun::sign).isInstanceOf(IllegalStateException.class);
    }
  }

  private SoftwareToken twoKeys() throws Exception {
    SoftwareToken token = SoftwareToken.open(directory, new SecureRandom(), clock);
    token.make(BUSY, KeyAlgorithm.ECDSA_P256, SECRET, false);
    token.make(IDLE, KeyAlgorithm.ECDSA_P256, SECRET, false);
    return token;
  }

  @Test
  void knowsTheClockOnTheWall() {
    Hours office = Hours.of("06:00-20:00 Europe/Berlin");
    assertThat(office.contains(Instant.parse("2026-01-15T05:00:00Z"))).isTrue();
    assertThat(office.contains(Instant.parse("2026-01-15T04:59:59Z"))).isFalse();
    assertThat(office.contains(Instant.parse("2026-07-15T04:00:00Z"))).isTrue();
    assertThat(office.contains(Instant.parse("2026-07-15T18:00:00Z"))).isFalse();
  }

  @Test
  void goesOverMidnight() {
    Hours night = Hours.of("22:00-05:30 UTC");
    assertThat(night.contains(Instant.parse("2026-01-15T23:00:00Z"))).isTrue();
    assertThat(night.contains(Instant.parse("2026-01-15T05:29:59Z"))).isTrue();
    assertThat(night.contains(Instant.parse("2026-01-15T05:30:00Z"))).isFalse();
    assertThat(night.contains(Instant.parse("2026-01-15T21:59:59Z"))).isFalse();
    Hours late = Hours.of("18:00-24:00 UTC");
    assertThat(late.contains(Instant.parse("2026-01-15T23:59:59Z"))).isTrue();
    assertThat(late.contains(Instant.parse("2026-01-15T00:00:00Z"))).isFalse();
    assertThat(Hours.of(late.toString())).isEqualTo(late);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "06:00-20:00",
        "6:00-20:00 Europe/Berlin",
        "06:00-25:00 Europe/Berlin",
        "06:00-06:00 Europe/Berlin",
        "24:00-06:00 Europe/Berlin",
        "06:00-20:00 Europe/Entenhausen",
        "06:00-20:00 Europe/Berlin "
      })
  void refusesOtherHours(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Hours.of(text));
  }

  @Test
  void refusesAnIdleTimeThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ActivityRules(Optional.of(Duration.ZERO), Optional.empty()));
  }
}
