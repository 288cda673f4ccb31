package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.audit.AuditFinding.Kind;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds out what happened to events that don't fit where they stand, by trying where they would:
 * taken out or put in with the rest renumbered, swapped, or changed.
 */
final class Suspects {
  private final String chain;
  private final AuditBook book;
  private final List<AuditFinding> findings = new ArrayList<>();
  private final TreeSet<Long> open = new TreeSet<>();
  private final Map<Long, Optional<WrittenEvent>> read = new HashMap<>();

  Suspects(String chain, AuditBook book) {
    this.chain = chain;
    this.book = book;
  }

  /**
   * @param suspects numbers of the events that don't fit, in order
   * @param unfit how many there are in all, with those that nobody remembers
   */
  List<AuditFinding> explain(List<Long> suspects, long unfit) {
    if (suspects.isEmpty()) {
      return List.of();
    }
    open.addAll(suspects);
    swapped();
    boolean renumbered = !open.isEmpty() && (inserted() || removed());
    changed();
    if (!renumbered && unfit > suspects.size()) {
      found(
          Kind.CHANGED,
          suspects.getLast(),
          (unfit - suspects.size()) + " further events don't match their hashes");
    }
    return findings;
  }

  /** Whether one was put in: then those after it fit one place earlier. */
  private boolean inserted() {
    for (long guest : List.of(open.first(), open.first() - 1)) {
      if (guest >= 1 && fits(guest + 1, guest, hashAt(guest - 1))) {
        found(Kind.INSERTED, guest, "event " + guest + " was put in, all after it renumbered");
        open.remove(guest);
        open.remove(guest + 1);
        open.removeIf(place -> place > guest && fits(place, place - 1, hashAt(place - 1)));
        return true;
      }
    }
    return false;
  }

  /** Whether one was taken out: then those after it fit one place later. */
  private boolean removed() {
    long gap = open.first();
    if (fits(gap + 1, gap + 2, hashAt(gap))) {
      found(
          Kind.REMOVED, gap, "the former event " + gap + " was taken out, all after it renumbered");
      open.remove(gap);
      open.removeIf(place -> place > gap && fits(place, place + 1, hashAt(place - 1)));
      return true;
    }
    return false;
  }

  private void swapped() {
    for (long first : List.copyOf(open)) {
      for (long second : List.copyOf(open.tailSet(first, false))) {
        if (open.contains(first) && haveChangedPlaces(first, second)) {
          found(Kind.SWAPPED, first, "events " + first + " and " + second + " were swapped");
          open.remove(first);
          open.remove(second);
          // Where the hashes moved, too, the events after them only seemed not to follow.
          hashAt(second)
              .ifPresent(hash -> open.removeIf(p -> p == first + 1 && fits(p, p, of(hash))));
          hashAt(first)
              .ifPresent(hash -> open.removeIf(p -> p == second + 1 && fits(p, p, of(hash))));
        }
      }
    }
  }

  private boolean haveChangedPlaces(long first, long second) {
    Optional<Bytes> beforeFirst = hashAt(first - 1);
    boolean neighbours = second == first + 1;
    boolean withHashes =
        fits(second, first, beforeFirst)
            && fits(first, second, neighbours ? hashAt(second) : hashAt(second - 1));
    return withHashes
        || (hashOf(second, first, beforeFirst).equals(hashAt(first))
            && hashOf(first, second, hashAt(second - 1)).equals(hashAt(second)));
  }

  private void changed() {
    for (long place : List.copyOf(open)) {
      if (open.contains(place)) {
        Optional<Bytes> ought = hashOf(place, place, hashAt(place - 1));
        // If the next one follows from what this one's hash ought to be, only the hash was changed.
        boolean onlyHash = fits(place + 1, place + 1, ought);
        if (onlyHash) {
          open.remove(place + 1);
        }
        found(
            Kind.CHANGED,
            place,
            onlyHash
                ? "the hash of event " + place + " was changed"
                : "event " + place + " doesn't match its hash and the one before");
      }
    }
  }

  /** Whether the event that stands at one place belongs into another, with the hash it carries. */
  private boolean fits(long standsAt, long place, Optional<Bytes> before) {
    return before.isPresent()
        && event(standsAt).filter(e -> e.fits(place, before.get())).isPresent();
  }

  private Optional<Bytes> hashOf(long standsAt, long place, Optional<Bytes> before) {
    return before.flatMap(hash -> event(standsAt).map(event -> event.hashAt(place, hash)));
  }

  /** The hash that stands at a place. */
  private Optional<Bytes> hashAt(long place) {
    return place == 0
        ? Optional.of(ChainHead.ofEmpty(chain).hash())
        : event(place).map(WrittenEvent::hash);
  }

  private Optional<WrittenEvent> event(long place) {
    return read.computeIfAbsent(place, sequence -> book.event(chain, sequence));
  }

  private static Optional<Bytes> of(Bytes hash) {
    return Optional.of(hash);
  }

  private void found(Kind kind, long sequence, String text) {
    findings.add(new AuditFinding(kind, chain, sequence, text));
  }
}
