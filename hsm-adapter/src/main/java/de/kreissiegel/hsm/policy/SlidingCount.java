package de.kreissiegel.hsm.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** How many there were within a span of time up to the newest; rounded against the asker. */
final class SlidingCount {
  private final long step;
  private final int[] buckets;
  private long head = Long.MIN_VALUE;
  private int sum;

  /**
   * @param parts in how many parts the span is counted
   */
  SlidingCount(Duration span, int parts) {
    this.step = span.toMillis() / parts;
    // One part more than the span: the oldest goes when all of it is too old.
    this.buckets = new int[parts + 1];
  }

  /** How many there are in the span that ends now. A clock that goes back forgets nothing. */
  int at(Instant now) {
    advance(part(now));
    return sum;
  }

  /** Counts one and says when, for {@link #takeBack}. */
  long add(Instant now) {
    long part = Math.max(part(now), head);
    advance(part);
    buckets[index(part)]++;
    sum++;
    return part;
  }

  /** Counts one that was before now; too old ones don't count. */
  void addPast(Instant then) {
    long part = part(then);
    advance(part);
    if (part > head - buckets.length) {
      buckets[index(part)]++;
      sum++;
    }
  }

  void takeBack(long part) {
    if (part > head - buckets.length && buckets[index(part)] > 0) {
      buckets[index(part)]--;
      sum--;
    }
  }

  private void advance(long part) {
    if (head == Long.MIN_VALUE) {
      head = part;
    }
    if (part - head >= buckets.length) {
      Arrays.fill(buckets, 0);
      sum = 0;
      head = part;
    }
    while (head < part) {
      head++;
      sum -= buckets[index(head)];
      buckets[index(head)] = 0;
    }
  }

  private long part(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), step);
  }

  private int index(long part) {
    return Math.floorMod(part, buckets.length);
  }
}
