package de.kreissiegel.hsm.client;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Closes connections that took too long: Unix channels know no time-out of their own. */
final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor executor;

  Watchdog() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("signer-watchdog").factory());
    executor.setRemoveOnCancelPolicy(true);
    // After close nothing needs a watch: its connections are closed.
    executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Ends the watch when it is closed. */
  record Guard(ScheduledFuture<?> watch) implements AutoCloseable {
    @Override
    public void close() {
      watch.cancel(false);
    }
  }

  /**
   * Watches one exchange.
   *
   * @param deadline by {@link System#nanoTime()}
   * @param late is set before the connection is closed
   */
  Guard closeAt(Connection connection, long deadline, AtomicBoolean late) {
    return new Guard(
        executor.schedule(
            () -> {
              late.set(true);
              connection.close();
            },
            deadline - System.nanoTime(),
            TimeUnit.NANOSECONDS));
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
