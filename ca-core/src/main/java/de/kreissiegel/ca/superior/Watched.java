package de.kreissiegel.ca.superior;

import de.kreissiegel.hsm.signing.Bytes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x509.CertificateList;
import org.jspecify.annotations.Nullable;

/**
 * A superior's list between two tries: when the next one is due. Tries are an hour apart at least,
 * a day at most, and of different nodes at different times.
 */
final class Watched {
  private static final Duration LEAST = Duration.ofHours(1);

  /** With what chance adds at most, still less than a day. */
  private static final Duration MOST = Duration.ofHours(21);

  private static final Duration LONGEST_BACK_OFF = Duration.ofHours(8);
  private static final double CHANCE = 0.1;

  private final ListSource source;
  private final RandomGenerator random;
  private final Map<URI, Known> known = new HashMap<>();
  private Optional<Bytes> here = Optional.empty();
  private @Nullable Instant begins;
  private @Nullable Instant ends;
  private @Nullable Instant next;
  private @Nullable Instant checked;
  private Optional<SuperiorState.Failure> failure = Optional.empty();
  private int failures;
  private long fetched;
  private long failed;

  /**
   * What an address gave.
   *
   * @param list DER
   * @param validators by which it is asked whether it is still that
   */
  private record Known(Bytes list, ListClient.Validators validators) {}

  Watched(ListSource source, RandomGenerator random) {
    this.source = source;
    this.random = random;
  }

  ListSource source() {
    return source;
  }

  Optional<Bytes> here() {
    return here;
  }

  Optional<SuperiorState.Failure> failure() {
    return failure;
  }

  /**
   * Looks at the list that is here.
   *
   * @return whether it is another than before
   */
  boolean see(Optional<Bytes> list, Instant now) {
    boolean first = next == null;
    boolean changed = !list.equals(here);
    if (changed) {
      here = list;
      begins = null;
      ends = null;
      list.ifPresent(this::readTimes);
    }
    if (first) {
      // A start is no reason to ask at once, and many nodes may start together.
      boolean due = until(now).compareTo(LEAST) <= 0;
      next = due ? now : now.plusMillis((long) (LEAST.toMillis() * random.nextDouble()));
    } else if (changed && failure.isEmpty()) {
      next = now.plus(scattered(until(now)));
    }
    return changed;
  }

  private void readTimes(Bytes list) {
    try {
      CertificateList read = CertificateList.getInstance(list.toArray());
      begins = read.getThisUpdate().getDate().toInstant();
      ends = read.getNextUpdate() == null ? null : read.getNextUpdate().getDate().toInstant();
    } catch (RuntimeException unreadable) {
      begins = null; // then another is due
    }
  }

  boolean isDue(Instant now) {
    return !source.addresses().isEmpty()
        && now.isBefore(source.authority().notAfter())
        && next != null
        && !now.isBefore(next);
  }

  /** Before a try, whatever becomes of it. */
  void begin(Instant now) {
    next = now.plus(LEAST);
  }

  /** By what the list that is here can be asked for at this address. */
  Optional<ListClient.Validators> validators(URI address) {
    return Optional.ofNullable(known.get(address))
        .filter(one -> here.filter(one.list()::equals).isPresent())
        .map(Known::validators);
  }

  void know(URI address, Bytes list, ListClient.Validators validators) {
    if (validators.tag().isPresent() || validators.modified().isPresent()) {
      known.put(address, new Known(list, validators));
    } else {
      known.remove(address);
    }
  }

  /** Whether the list that is here has ended. */
  boolean hasEnded(Instant now) {
    return ends != null && ends.isBefore(now);
  }

  void succeeded(Instant now) {
    fetched++;
    failures = 0;
    failure = Optional.empty();
    checked = now;
    next = now.plus(scattered(until(now)));
  }

  void failed(String cause, Instant now) {
    failed++;
    Duration wait = LEAST.multipliedBy(1L << Math.min(failures++, 3));
    wait = wait.compareTo(LONGEST_BACK_OFF) < 0 ? wait : LONGEST_BACK_OFF;
    if (ends != null) {
      Duration half = Duration.between(now, ends).dividedBy(2);
      wait = half.compareTo(wait) < 0 ? half : wait;
    }
    Instant later = now.plus(scattered(wait.compareTo(LEAST) < 0 ? LEAST : wait));
    next = later;
    failure =
        Optional.of(
            new SuperiorState.Failure(
                failure.map(SuperiorState.Failure::since).orElse(now), cause, later));
  }

  SuperiorState state(boolean on) {
    return new SuperiorState(
        source.name(),
        on ? source.addresses() : List.of(),
        source.passedOver(),
        Optional.ofNullable(checked),
        failure,
        Optional.ofNullable(ends),
        fetched,
        failed);
  }

  /** How long the list that is here can be left alone: to the half of its time. */
  private Duration until(Instant now) {
    if (begins == null) {
      return LEAST;
    }
    if (ends == null) {
      return MOST;
    }
    Instant half = begins.plus(Duration.between(begins, ends).dividedBy(2));
    Duration wait = Duration.between(now, half);
    if (wait.compareTo(LEAST) < 0) {
      return LEAST;
    }
    return wait.compareTo(MOST) < 0 ? wait : MOST;
  }

  private Duration scattered(Duration wait) {
    return wait.plusMillis((long) (wait.toMillis() * CHANCE * random.nextDouble()));
  }
}
