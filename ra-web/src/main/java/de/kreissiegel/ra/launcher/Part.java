package de.kreissiegel.ra.launcher;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A part of the demo that is started, watched, started anew when it died, and stopped. */
final class Part {
  private static final Duration STARTING = Duration.ofSeconds(180);
  private static final Duration STOPPING = Duration.ofSeconds(20);

  /** That often within a minute is not bad luck any more. */
  private static final int DEATHS = 5;

  private final String name;
  private final Start start;
  private final Deque<Long> deaths = new ArrayDeque<>();
  private volatile boolean ended;
  private volatile @Nullable ChildProcess process;

  Part(String name, Start start) {
    this.name = name;
    this.start = start;
  }

  /** Starts all of them at once, and waits until each is ready. */
  static void begin(Part... parts) throws LaunchFailure {
    List<ChildProcess> begun = new ArrayList<>();
    for (Part part : parts) {
      begun.add(part.launch());
    }
    for (ChildProcess process : begun) {
      process.awaitReady(STARTING);
    }
  }

  private ChildProcess launch() throws LaunchFailure {
    ChildProcess begun = start.start();
    process = begun;
    if (ended) {
      begun.stop(STOPPING);
      throw new LaunchFailure("stopped while starting.");
    }
    return begun;
  }

  /** Says when it has died, unless it was stopped. */
  void onDeath(Runnable then) {
    ChildProcess running = process;
    if (running != null) {
      CompletableFuture<Void> unused =
          running
              .onExit()
              .thenRun(
                  () -> {
                    if (!ended) {
                      then.run();
                    }
                  });
    }
  }

  /** Starts it anew each time it dies; says so once it does that again and again. */
  void keepAlive(CompletableFuture<String> failure) {
    onDeath(() -> Thread.ofVirtual().name("revive-" + name).start(() -> revive(failure)));
  }

  /** Stops it, and keeps it from being started anew. */
  void stop() {
    ended = true;
    ChildProcess running = process;
    if (running != null) {
      running.stop(STOPPING);
    }
  }

  private void revive(CompletableFuture<String> failure) {
    long now = System.nanoTime();
    deaths.addLast(now);
    if (deaths.size() > DEATHS) {
      deaths.removeFirst();
    }
    if (deaths.size() == DEATHS
        && Duration.ofNanos(now - deaths.getFirst()).compareTo(Duration.ofMinutes(1)) < 0) {
      failure.complete("the " + name + " dies again and again; see its log.");
      return;
    }
    Console.say("The " + name + " has died; starting it anew.");
    try {
      begin(this);
      keepAlive(failure);
    } catch (LaunchFailure notAgain) {
      failure.complete(String.valueOf(notAgain.getMessage()));
    }
  }

  /** Starts a process. */
  @FunctionalInterface
  interface Start {
    ChildProcess start() throws LaunchFailure;
  }
}
