package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Happening;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Holds bodies that are gone against orders to drop them. An order stands behind what it drops. */
final class ErasureLedger {
  private final Optional<OrderSignatures> signatures;
  private final Map<Long, BitSet> ordered = new TreeMap<>();
  private final Map<Long, BitSet> gone = new TreeMap<>();
  private final List<ErasureTold> told = new ArrayList<>();
  private long bodiesGone;

  /**
   * @param signatures verify the orders; without them they are believed
   */
  ErasureLedger(Optional<OrderSignatures> signatures) {
    this.signatures = signatures;
  }

  /**
   * There is such an entry.
   *
   * @throws BrokenFrame if it tells of an erasure, but doesn't say of which, or the ceremony's key
   *     didn't order it
   */
  void note(JournalEntry entry, long segment) throws BrokenFrame {
    if (entry.happening() == Happening.ERASED) {
      ErasureRecord erasure = ErasureRecord.of(entry);
      Optional<Boolean> signed =
          signatures.map(by -> by.hold(erasure.order().encoded(), entry.signature()));
      told.add(new ErasureTold(entry.index(), entry.time(), erasure.order(), signed));
      if (signed.isPresent() && !signed.get()) {
        throw new BrokenFrame("the ceremony's key didn't sign the order to erase");
      }
      erasure.selection().files().forEach((first, entries) -> of(ordered, first).or(entries));
    } else if (entry.body().isEmpty()) {
      bodiesGone++;
      of(gone, segment).set(Math.toIntExact(entry.index() - segment));
    }
  }

  private static BitSet of(Map<Long, BitSet> map, long segment) {
    return map.computeIfAbsent(segment, _ -> new BitSet());
  }

  long bodiesGone() {
    return bodiesGone;
  }

  List<ErasureTold> told() {
    return List.copyOf(told);
  }

  /** An entry whose body is gone though nobody ordered it. */
  OptionalLong unordered() {
    for (Map.Entry<Long, BitSet> segment : gone.entrySet()) {
      BitSet rest = (BitSet) segment.getValue().clone();
      rest.andNot(ordered.getOrDefault(segment.getKey(), new BitSet()));
      if (!rest.isEmpty()) {
        return OptionalLong.of(segment.getKey() + rest.nextSetBit(0));
      }
    }
    return OptionalLong.empty();
  }

  /** What was ordered and not yet done, by the file's first entry. */
  Map<Long, BitSet> pending() {
    Map<Long, BitSet> pending = new TreeMap<>();
    ordered.forEach(
        (segment, entries) -> {
          BitSet rest = (BitSet) entries.clone();
          rest.andNot(gone.getOrDefault(segment, new BitSet()));
          if (!rest.isEmpty()) {
            pending.put(segment, rest);
          }
        });
    return pending;
  }
}
