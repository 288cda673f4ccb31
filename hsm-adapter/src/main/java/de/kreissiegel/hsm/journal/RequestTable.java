package de.kreissiegel.hsm.journal;

import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Which entry belongs to a request: an open-addressing table of 12 octets a place, a hash of the id
 * and the entry's number; between 53 and 80 of 100 places are used. What it finds is a candidate:
 * the entry itself says whether it is the one.
 */
final class RequestTable {
  private static final int LEAST = 1 << 10;
  private static final long MOST = 0xFFFF_FFFEL;

  private final long seed;
  private long[] hashes = new long[LEAST];
  private int[] numbers = new int[LEAST];
  private int used;

  /**
   * Makes an empty one.
   *
   * @param seed another at each start, so that who chooses ids doesn't choose which of them meet
   */
  RequestTable(long seed) {
    this.seed = seed;
  }

  void put(UUID request, long index) {
    if (index > MOST) {
      throw new IllegalStateException("the journal is full: it has 2^32 entries");
    }
    if (used + 1 > numbers.length / 5 * 4) {
      grow();
    }
    insert(hash(request), (int) (index + 1));
    used++;
  }

  /** Tells the numbers of the entries that may be this request's, mostly none or one. */
  void candidates(UUID request, LongConsumer number) {
    long hash = hash(request);
    for (int i = place(hash); numbers[i] != 0; i = next(i)) {
      if (hashes[i] == hash) {
        number.accept(Integer.toUnsignedLong(numbers[i]) - 1);
      }
    }
  }

  /** How many octets of memory it takes. */
  long octets() {
    return 12L * numbers.length;
  }

  private void grow() {
    long[] hashesBefore = hashes;
    int[] numbersBefore = numbers;
    int length = Math.addExact(numbersBefore.length, numbersBefore.length / 2);
    hashes = new long[length];
    numbers = new int[length];
    for (int i = 0; i < numbersBefore.length; i++) {
      if (numbersBefore[i] != 0) {
        insert(hashesBefore[i], numbersBefore[i]);
      }
    }
  }

  private void insert(long hash, int number) {
    int i = place(hash);
    while (numbers[i] != 0) {
      i = next(i);
    }
    hashes[i] = hash;
    numbers[i] = number;
  }

  private int place(long hash) {
    return (int) Math.unsignedMultiplyHigh(hash, numbers.length);
  }

  private int next(int place) {
    return place + 1 == numbers.length ? 0 : place + 1;
  }

  private long hash(UUID request) {
    return mix(mix(request.getMostSignificantBits() ^ seed) + request.getLeastSignificantBits());
  }

  /** The finalizer of MurmurHash3. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ mixed >>> 33;
  }
}
