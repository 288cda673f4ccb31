package de.kreissiegel.ca.clock;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Holds our clock against those of others. */
public final class ClockCheck {
  /** So far a clock may be off. */
  public static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final List<TimeSource> sources;
  private final Clock clock;

  public ClockCheck(List<TimeSource> sources, Clock clock) {
    this.sources = List.copyOf(sources);
    this.clock = clock;
  }

  /** A clock that can be asked. */
  public interface TimeSource {
    /** For people, as {@code database}. */
    String name();

    /** What it says now. */
    Instant time() throws IOException;
  }

  /**
   * How far we are from a clock.
   *
   * @param source its name
   * @param ahead how far our clock is ahead of it, negative if behind; empty if it gave no answer
   * @param doubt how long the answer took: the distance is that uncertain
   */
  public record Reading(String source, Optional<Duration> ahead, Duration doubt) {
    /** Whether it is off for certain by more than may be. */
    public boolean isOff() {
      return ahead.filter(far -> far.abs().minus(doubt).compareTo(TOLERANCE) > 0).isPresent();
    }
  }

  /** Asks each of them. */
  public List<Reading> read() {
    return sources.stream().map(this::read).toList();
  }

  private Reading read(TimeSource source) {
    Instant before = clock.instant();
    try {
      Instant theirs = source.time();
      Duration took = Duration.between(before, clock.instant());
      return new Reading(
          source.name(),
          Optional.of(Duration.between(theirs, before.plus(took.dividedBy(2)))),
          took.abs());
    } catch (IOException silent) {
      return new Reading(source.name(), Optional.empty(), Duration.ZERO);
    }
  }
}
