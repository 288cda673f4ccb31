package de.kreissiegel.ldap.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.kreissiegel.ldap.follow.FollowSettings.Daily;
import de.kreissiegel.ldap.follow.FollowSettings.Every;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowSettingsTest {
  private static final Daily AT_TWO = new Daily(LocalTime.of(2, 0));

  private static boolean due(FollowSettings.Compare compare, String last, String now) {
    return compare.isDue(Instant.parse(last), Instant.parse(now), ZoneOffset.UTC);
  }

  @Test
  void comparesOnceADayAtItsTime() {
    assertThat(due(AT_TWO, "2026-11-22T08:00:00Z", "2026-11-23T01:59:59Z")).isFalse();
    assertThat(due(AT_TWO, "2026-11-22T08:00:00Z", "2026-11-23T02:00:00Z")).isTrue();
    assertThat(due(AT_TWO, "2026-11-23T02:00:00Z", "2026-11-23T23:00:00Z")).isFalse();
    assertThat(due(AT_TWO, "2026-11-20T12:00:00Z", "2026-11-23T01:00:00Z")).as("late").isTrue();
  }

  @Test
  void comparesAgainAfterSomeTime() {
    var every = new Every(Duration.ofSeconds(4));
    assertThat(due(every, "2026-11-22T08:00:00Z", "2026-11-22T08:00:03Z")).isFalse();
    assertThat(due(every, "2026-11-22T08:00:00Z", "2026-11-22T08:00:04Z")).isTrue();
  }

  @Test
  void refusesIntervalsThatMakeNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Every(Duration.ZERO));
    for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofMinutes(1)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new FollowSettings(Optional.empty(), wrong, AT_TWO, FollowSettings.SILENCE));
    }
    assertThat(SourceKind.of("content-sync")).isEqualTo(SourceKind.CONTENT_SYNC);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceKind.of("telepathy"))
        .withMessageContaining("known are");
  }
}
