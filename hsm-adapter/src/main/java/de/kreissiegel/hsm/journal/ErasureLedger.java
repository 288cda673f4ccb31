package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Holds bodies that are gone against orders to drop them. An order stands behind what it drops. */
final class ErasureLedger {
  private final Map<Long, Set<SignedStructure>> ordered = new TreeMap<>();
  private final Map<Long, Map<SignedStructure, Long>> gone = new TreeMap<>();
  private final Map<Long, Set<SignedStructure>> there = new TreeMap<>();
  private long bodiesGone;

  /** Whether an order can concern it. What tells of an erasure is itself never erased. */
  static boolean erasable(JournalEntry entry, Set<SignedStructure> structures) {
    return entry.happening() != Happening.ERASED && structures.contains(entry.structure());
  }

  /**
   * There is such an entry.
   *
   * @throws BrokenFrame if it tells of an erasure, but doesn't say of which
   */
  void note(JournalEntry entry, long segment) throws BrokenFrame {
    if (entry.happening() == Happening.ERASED) {
      Bytes body = entry.body().orElseThrow(() -> new BrokenFrame("an order's body is missing"));
      Bytes kept =
          EntryBody.decode(body.toArray())
              .kept()
              .orElseThrow(() -> new BrokenFrame("it doesn't say what was erased"));
      ErasureRecord erasure = ErasureRecord.decode(kept.toArray());
      if (!Digests.sha256(erasure.order().encoded().toArray()).equals(entry.digest())) {
        throw new BrokenFrame("the order doesn't match its digest");
      }
      erasure
          .bodies()
          .keySet()
          .forEach(first -> of(ordered, first).addAll(erasure.order().structures()));
    } else if (entry.body().isEmpty()) {
      bodiesGone++;
      gone.computeIfAbsent(segment, _ -> new TreeMap<>())
          .putIfAbsent(entry.structure(), entry.index());
    } else {
      of(there, segment).add(entry.structure());
    }
  }

  private static Set<SignedStructure> of(Map<Long, Set<SignedStructure>> map, long segment) {
    return map.computeIfAbsent(segment, _ -> EnumSet.noneOf(SignedStructure.class));
  }

  long bodiesGone() {
    return bodiesGone;
  }

  /** An entry whose body is gone though nobody ordered it. */
  OptionalLong unordered() {
    return gone.entrySet().stream()
        .flatMap(
            segment ->
                segment.getValue().entrySet().stream()
                    .filter(
                        one ->
                            !ordered
                                .getOrDefault(segment.getKey(), Set.of())
                                .contains(one.getKey())))
        .mapToLong(Map.Entry::getValue)
        .min();
  }

  /** What was ordered and not yet done, by the file's first entry. */
  Map<Long, Set<SignedStructure>> pending() {
    Map<Long, Set<SignedStructure>> pending = new TreeMap<>();
    ordered.forEach(
        (segment, structures) -> {
          Set<SignedStructure> rest = EnumSet.copyOf(structures);
          rest.retainAll(there.getOrDefault(segment, Set.of()));
          if (!rest.isEmpty()) {
            pending.put(segment, rest);
          }
        });
    return pending;
  }
}
