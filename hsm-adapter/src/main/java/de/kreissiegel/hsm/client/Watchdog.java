package de.kreissiegel.hsm.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that took too long: Unix channels know no time-out of their own. It looks at
 * all of them from time to time, so that a question costs it nothing.
 */
final class Watchdog implements AutoCloseable {
  private static final long SHORTEST_MILLIS = 5;
  private static final long LONGEST_MILLIS = 500;

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("signer-watchdog").factory());

  /**
   * @param open what it watches; others change it
   * @param timeout how long a question may usually take
   */
  Watchdog(Set<Connection> open, Duration timeout) {
    long pause = Math.clamp(timeout.toMillis() / 10, SHORTEST_MILLIS, LONGEST_MILLIS);
    var unused =
        executor.scheduleWithFixedDelay(
            () -> {
              long now = System.nanoTime();
              open.forEach(connection -> connection.closeIfLate(now));
            },
            pause,
            pause,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
