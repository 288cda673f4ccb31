package de.kreissiegel.ca.status;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest answer for each serial number of one authority. Read by any number of threads without
 * a lock; one thread writes. An open hash table of places in batches: the batches hold the octets,
 * so an answer takes two references here.
 */
final class AnswerTable {
  private static final int SMALLEST = 1 << 10;

  private volatile AtomicReferenceArray<@Nullable Place> places =
      new AtomicReferenceArray<>(SMALLEST);
  private int size;

  /** An answer: a batch, and where in it. */
  record Place(AnswerBatch batch, int at) {
    boolean isFor(byte[] serial, int from, int length) {
      return batch.isFor(at, serial, from, length);
    }

    boolean isLaterThan(Place other) {
      int changes = Integer.compare(batch.change(at), other.batch.change(other.at));
      return changes > 0 || changes == 0 && !batch.thisUpdate().isBefore(other.batch.thisUpdate());
    }
  }

  int size() {
    return size;
  }

  /**
   * Finds an answer.
   *
   * @param serial holds the content of the serial number's INTEGER
   */
  @Nullable Place find(byte[] serial, int from, int length) {
    AtomicReferenceArray<@Nullable Place> now = places;
    int mask = now.length() - 1;
    int slot = hash(serial, from, length) & mask;
    for (Place place = now.getAcquire(slot); place != null; place = now.getAcquire(slot)) {
      if (place.isFor(serial, from, length)) {
        return place;
      }
      slot = (slot + 1) & mask;
    }
    return null;
  }

  /**
   * Puts an answer in, unless a later one is there.
   *
   * @return what it takes the place of; itself if it is not taken in
   */
  @Nullable Place put(Place place) {
    if (2 * (size + 1) > places.length()) {
      rebuild(places.length() * 2, Instant.MIN);
    }
    AtomicReferenceArray<@Nullable Place> now = places;
    byte[] octets = place.batch.octets();
    int slot = slotOf(now, place);
    Place there = now.getPlain(slot);
    if (there == null) {
      size++;
    } else if (!place.isLaterThan(there)) {
      return place;
    }
    now.setRelease(slot, place);
    return there;
  }

  /** Forgets answers that don't hold any more at this time. */
  void forgetEnded(Instant now) {
    rebuild(places.length(), now);
  }

  private void rebuild(int length, Instant now) {
    AtomicReferenceArray<@Nullable Place> old = places;
    AtomicReferenceArray<@Nullable Place> next = new AtomicReferenceArray<>(length);
    int kept = 0;
    for (int i = 0; i < old.length(); i++) {
      Place place = old.getPlain(i);
      if (place != null && place.batch.nextUpdate().isAfter(now)) {
        next.setPlain(slotOf(next, place), place);
        kept++;
      }
    }
    size = kept;
    places = next;
  }

  /** Where this serial number stands, or would. */
  private static int slotOf(AtomicReferenceArray<@Nullable Place> table, Place place) {
    byte[] octets = place.batch.octets();
    int from = place.batch.serialAt(place.at);
    int length = place.batch.serialLength(place.at);
    int mask = table.length() - 1;
    int slot = hash(octets, from, length) & mask;
    for (Place there = table.getPlain(slot); there != null; there = table.getPlain(slot)) {
      if (there.isFor(octets, from, length)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Our serial numbers are random; those of a foreign authority may just count. */
  private static int hash(byte[] serial, int from, int length) {
    long hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = (hash ^ serial[i]) * 0x9e3779b97f4a7c15L;
    }
    return (int) (hash >>> 32);
  }
}
