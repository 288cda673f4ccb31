package de.kreissiegel.ra.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private static final String HERE = "192.0.2.1";
  private static final String ELSEWHERE = "192.0.2.2";

  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private final LoginThrottle throttle = new LoginThrottle(() -> now);

  @Test
  void stopsGuessesAtOneNameFromManyAddresses() {
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.enter("anna", "192.0.2." + i)).isEmpty();
    }
    assertThat(throttle.enter("ANNA", "198.51.100.7")).contains(Duration.ofMinutes(1));
    assertThat(throttle.enter("bert", "198.51.100.7")).isEmpty();
  }

  @Test
  void stopsGuessesAtManyNamesFromOneAddress() {
    for (int i = 0; i < 30; i++) {
      assertThat(throttle.enter("name" + i, HERE)).isEmpty();
    }
    assertThat(throttle.enter("another", HERE)).contains(Duration.ofMinutes(1));
    assertThat(throttle.enter("another", ELSEWHERE)).isEmpty();
  }

  @Test
  void letsOneTryAMinuteThroughUntilAQuarterOfAnHourWasQuiet() {
    for (int i = 0; i < 5; i++) {
      throttle.enter("anna", HERE);
    }
    for (int minute = 0; minute < 3; minute++) {
      assertThat(throttle.enter("anna", HERE)).isPresent();
      now = now.plusSeconds(60);
      assertThat(throttle.enter("anna", HERE)).isEmpty();
    }
    now = now.plus(Duration.ofMinutes(16));
    assertThat(throttle.enter("anna", HERE)).isEmpty();
    assertThat(throttle.enter("anna", HERE)).isEmpty();
  }

  @Test
  void countsNeitherRightPasswordsNorADirectoryThatIsAway() {
    for (int i = 0; i < 40; i++) {
      assertThat(throttle.enter("anna", HERE)).isEmpty();
      if (i % 2 == 0) {
        throttle.passed("anna", HERE);
      } else {
        throttle.undecided("anna", HERE);
      }
    }
  }

  @Test
  void letsNoTriesAtTheSameTimePassEachOther() throws Exception {
    Callable<Boolean> enters = () -> throttle.enter("anna", HERE).isEmpty();
    try (var threads = Executors.newFixedThreadPool(8)) {
      long let = 0;
      for (var one : threads.invokeAll(IntStream.range(0, 50).mapToObj(_ -> enters).toList())) {
        let += one.get() ? 1 : 0;
      }
      assertThat(let).isEqualTo(5);
    }
  }
}
