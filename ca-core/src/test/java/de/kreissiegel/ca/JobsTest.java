package de.kreissiegel.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobsTest {
  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
  void triesAgainWhateverBrokeItOff(Class<? extends Throwable> cause) throws Exception {
    var turns = new AtomicInteger();
    var worked = new CountDownLatch(1);
    try (var jobs = new Jobs()) {
      jobs.every(
          Duration.ofMillis(1),
          "broken off",
          () -> {
            if (turns.incrementAndGet() < 3) {
              throw broken(cause);
            }
            worked.countDown();
          });
      assertThat(worked.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(turns).hasValueGreaterThanOrEqualTo(3);
  }

  private static Exception broken(Class<? extends Throwable> cause) throws Exception {
    Throwable thrown = cause.getConstructor().newInstance();
    if (thrown instanceof Error error) {
      throw error;
    }
    return (Exception) thrown;
  }
}
