package de.kreissiegel.ra.launcher;

import java.time.Duration;

/**
 * Waits for what a run that just ended still holds: its parts end by themselves when their parent
 * is gone, but not in the same instant.
 */
final class Patience {
  private static final Duration STEP = Duration.ofMillis(250);
  private static final int STEPS = 48;

  private Patience() {}

  /** Tries, for twelve seconds at most; the last failure comes through. */
  static <T> T untilFree(Attempt<T> attempt) throws LaunchFailure {
    for (int step = 1; ; step++) {
      try {
        return attempt.make();
      } catch (LaunchFailure notYet) {
        if (step == STEPS) {
          throw notYet;
        }
        pause();
      }
    }
  }

  static void untilFree(Check check) throws LaunchFailure {
    Patience.<Boolean>untilFree(
        () -> {
          check.make();
          return true;
        });
  }

  private static void pause() throws LaunchFailure {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LaunchFailure("interrupted.");
    }
  }

  /** Something that may succeed later. */
  @FunctionalInterface
  interface Attempt<T> {
    T make() throws LaunchFailure;
  }

  /** The same without a result. */
  @FunctionalInterface
  interface Check {
    void make() throws LaunchFailure;
  }
}
