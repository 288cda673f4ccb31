package de.kreissiegel.hsm.process;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Says a thing at most every few seconds, and how often it was true: a flood fills no disk. */
final class RareLog {
  private static final long PAUSE = Duration.ofSeconds(10).toNanos();

  private final System.Logger log;
  private final AtomicLong next = new AtomicLong(System.nanoTime());
  private final AtomicLong unsaid = new AtomicLong();

  RareLog(System.Logger log) {
    this.log = log;
  }

  void warn(String sentence) {
    long now = System.nanoTime();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
      long before = unsaid.getAndSet(0);
      String more = before == 0 ? "" : " (and " + before + " like it before)";
      log.log(System.Logger.Level.WARNING, "{0}{1}", sentence, more);
    } else {
      unsaid.incrementAndGet();
    }
  }
}
