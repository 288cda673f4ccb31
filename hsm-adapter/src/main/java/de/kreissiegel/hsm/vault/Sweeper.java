package de.kreissiegel.hsm.vault;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something again and again, as long as a vault is open; what fails is tried again. */
final class Sweeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
  private static final long EVERY_SECONDS = 5;

  private final ScheduledExecutorService executor;

  private Sweeper(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  static Sweeper start(Runnable work) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("vault-sweeper").factory());
    var unused =
        executor.scheduleWithFixedDelay(
            () -> guarded(work), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    return new Sweeper(executor);
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException bug) {
      LOG.log(System.Logger.Level.ERROR, "The vault''s keys can''t be looked after.", bug);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
