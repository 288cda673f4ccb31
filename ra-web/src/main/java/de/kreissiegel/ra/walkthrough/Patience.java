package de.kreissiegel.ra.walkthrough;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Waits for something that comes by itself, up to a bound, and measures how long it took. */
final class Patience {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Patience() {}

  /**
   * What came, and after how long.
   *
   * @param value what came
   * @param after how long after the waiting began
   */
  record Came<T>(T value, Duration after) {
    /** As {@code 1.3 s}. */
    String took() {
      return Text.seconds(after);
    }
  }

  /**
   * Asks until something comes.
   *
   * @param atMost the bound
   * @param expected what is waited for, for the surprise
   * @param question asked again and again; empty means not yet
   */
  static <T> Came<T> until(Duration atMost, String expected, Callable<Optional<T>> question)
      throws Exception {
    long begun = System.nanoTime();
    while (true) {
      var answer = question.call();
      var after = Duration.ofNanos(System.nanoTime() - begun);
      if (answer.isPresent() && after.compareTo(atMost) <= 0) {
        return new Came<>(answer.get(), after);
      }
      if (after.compareTo(atMost) > 0) {
        throw new Surprise(
            expected + " within " + Text.seconds(atMost),
            (answer.isPresent() ? "it only after " : "nothing in ") + Text.seconds(after));
      }
      Thread.sleep(PAUSE);
    }
  }
}
