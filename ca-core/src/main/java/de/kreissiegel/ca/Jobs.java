package de.kreissiegel.ca;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done again and again, each in a thread of its own. All truth is in the database: a
 * job may run on any number of nodes, and one that fails is simply tried again at its next turn.
 */
final class Jobs implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Jobs.class.getName());

  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /** Does something now, and again each time this long after it was done. */
  void every(Duration pause, String name, Job job) {
    threads.add(Thread.ofVirtual().name("job-" + name).start(() -> loop(pause, name, job)));
  }

  /** Whether what takes long should come to its end. */
  boolean areEnding() {
    return stop.getCount() == 0;
  }

  /** Lets what is being done come to its end, and does nothing more. */
  @Override
  public void close() {
    stop.countDown();
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void loop(Duration pause, String name, Job job) {
    @Nullable String lastFailure = null;
    try {
      do {
        lastFailure = run(name, job, lastFailure);
      } while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A failure that stays the same is logged once, and again when it is over. */
  private static @Nullable String run(String name, Job job, @Nullable String lastFailure) {
    try {
      job.run();
      if (lastFailure != null) {
        LOG.log(Level.INFO, "{0} works again", name);
      }
      return null;
    } catch (Exception | Error failure) {
      // An Error, too: a job that ended by one would never be done again, and silently.
      String message = failure.toString();
      if (!Objects.equals(message, lastFailure)) {
        LOG.log(Level.WARNING, name + " failed, and will be tried again", failure);
      }
      return message;
    }
  }

  /** Something to be done. */
  @FunctionalInterface
  interface Job {
    void run() throws Exception;
  }
}
