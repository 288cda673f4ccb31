package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each key has signed, in all and of each kind, in the last minute and the last 24 hours.
 * It lives in memory; the last day of the journal brings it back. Safe for use by many threads.
 */
public final class RateBook {
  private static final int SECONDS = 60;
  private static final int MINUTES = 24 * 60;
  private static final String WHOLE_KEY = "";

  private final Map<Counted, Counts> counts = new HashMap<>();

  private record Counted(KeyId key, String kind) {}

  private record Counts(SlidingCount minute, SlidingCount day) {
    static Counts empty() {
      return new Counts(
          new SlidingCount(Duration.ofMinutes(1), SECONDS),
          new SlidingCount(Duration.ofDays(1), MINUTES));
    }
  }

  /**
   * Takes a turn, if there is one left. It counts from now on, so that no two take the last one;
   * who doesn't sign after all closes it without {@link Turn#count}.
   *
   * @param kind what the request turned out to be, {@link Passed#kind}
   * @throws SigningRefused by {@code rate-per-minute} or {@code rate-per-day}, the kind's name
   *     before it if the kind's own rate is meant
   */
  public synchronized Turn check(KeyId key, KeyPolicy policy, String kind, Instant now)
      throws SigningRefused {
    Counts whole = counts(key, WHOLE_KEY);
    Counts own = counts(key, kind);
    require(policy.terms().rate(), whole, now, "");
    require(policy.rate(kind), own, now, kind + "/");
    return new Turn(
        new Taken(whole.minute(), whole.minute().add(now)),
        new Taken(whole.day(), whole.day().add(now)),
        new Taken(own.minute(), own.minute().add(now)),
        new Taken(own.day(), own.day().add(now)));
  }

  /** Counts what the journal says was signed in the last 24 hours; older ones don't matter. */
  public synchronized void recall(KeyId key, String kind, Instant time) {
    for (String counted : new String[] {WHOLE_KEY, kind}) {
      counts(key, counted).minute().addPast(time);
      counts(key, counted).day().addPast(time);
    }
  }

  private Counts counts(KeyId key, String kind) {
    return counts.computeIfAbsent(new Counted(key, kind), _ -> Counts.empty());
  }

  private static void require(SignatureRate rate, Counts counts, Instant now, String prefix)
      throws SigningRefused {
    if (rate.perMinute() > 0 && counts.minute().at(now) >= rate.perMinute()) {
      throw new SigningRefused(
          SigningRefused.Reason.POLICY,
          prefix + "rate-per-minute: no more than " + rate.perMinute() + " in a minute");
    }
    if (rate.perDay() > 0 && counts.day().at(now) >= rate.perDay()) {
      throw new SigningRefused(
          SigningRefused.Reason.POLICY,
          prefix + "rate-per-day: no more than " + rate.perDay() + " in 24 hours");
    }
  }

  private record Taken(SlidingCount count, long part) {}

  /** A turn that was taken. */
  public final class Turn implements AutoCloseable {
    private final Taken[] taken;
    private boolean open = true;

    private Turn(Taken... taken) {
      this.taken = taken;
    }

    /** It was signed: the turn is used up. */
    public void count() {
      synchronized (RateBook.this) {
        open = false;
      }
    }

    /** Gives the turn back, unless it is used up. */
    @Override
    public void close() {
      synchronized (RateBook.this) {
        if (open) {
          open = false;
          for (Taken one : taken) {
            one.count().takeBack(one.part());
          }
        }
      }
    }
  }
}
