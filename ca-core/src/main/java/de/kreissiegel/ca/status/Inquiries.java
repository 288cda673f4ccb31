package de.kreissiegel.ca.status;

import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.Inquiry;
import de.kreissiegel.ca.inventory.Inquiry.Told;
import de.kreissiegel.ca.status.AnswerTable.Place;
import de.kreissiegel.ca.x509.SerialNumber;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * About which certificates somebody has asked since they were last written down. To note one costs
 * the answering thread a look and at most a store: the answer's own place goes into one of many
 * slots, without a lock, if that is free. Two that fall into one slot between two writings are one
 * too few; who is asked about again is noted then. Slots are never overwritten: what all threads
 * write to, each has to fetch anew.
 */
final class Inquiries {
  /** So many are written at once; more wait for the next turn. */
  static final int MOST = 2_000;

  private static final int SLOTS = 1 << 14;

  private final AtomicReferenceArray<@Nullable Place> slots = new AtomicReferenceArray<>(SLOTS);
  private final CertificateBook book;
  private int next;

  Inquiries(CertificateBook book) {
    this.book = book;
  }

  /** The answer at this place was given. */
  void note(Place place) {
    int slot = slotOf(place);
    if (slots.getOpaque(slot) == null) {
      slots.setOpaque(slot, place);
    }
  }

  private static int slotOf(Place place) {
    int mixed = (System.identityHashCode(place.batch()) + place.at()) * 0x9e3779b9;
    return mixed >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS));
  }

  /** Writes down what was noted. */
  synchronized void write(Instant now) {
    List<Inquiry> asked = new ArrayList<>();
    for (int looked = 0; looked < SLOTS && asked.size() < MOST; looked++) {
      Place place = slots.getOpaque(next) == null ? null : slots.getAndSet(next, null);
      if (place != null) {
        asked.add(inquiry(place, now));
      }
      next = (next + 1) % SLOTS;
    }
    if (!asked.isEmpty()) {
      book.note(asked);
    }
  }

  /**
   * Forgets what was noted, where nobody writes it down: it would hold answers of old in memory.
   */
  void forget() {
    for (int slot = 0; slot < SLOTS; slot++) {
      slots.setOpaque(slot, null);
    }
  }

  private static Inquiry inquiry(Place place, Instant now) {
    AnswerBatch batch = place.batch();
    int from = batch.serialAt(place.at());
    byte[] serial = Arrays.copyOfRange(batch.octets(), from, from + batch.serialLength(place.at()));
    return new Inquiry(
        batch.form().authority().name(),
        new SerialNumber(new BigInteger(serial)),
        now,
        Told.of(batch.status(place.at())));
  }
}
