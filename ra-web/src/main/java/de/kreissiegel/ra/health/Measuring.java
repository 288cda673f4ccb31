package de.kreissiegel.ra.health;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Measures again and again, in a thread of its own. */
final class Measuring implements AutoCloseable {
  private final CountDownLatch stop = new CountDownLatch(1);
  private final String what;
  private final Duration pause;
  private final Runnable measure;

  Measuring(String what, Duration pause, Runnable measure) {
    this.what = what;
    this.pause = pause;
    this.measure = measure;
  }

  void start() {
    Thread.ofVirtual().name(what).start(this::loop);
  }

  @Override
  public void close() {
    stop.countDown();
  }

  private void loop() {
    try {
      do {
        measureIfPossible();
      } while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** While the database is away, the last values stand; its own health says so. */
  private void measureIfPossible() {
    try {
      measure.run();
    } catch (RuntimeException away) {
      System.getLogger(Measuring.class.getName())
          .log(System.Logger.Level.DEBUG, what + " can't be had now", away);
    }
  }
}
