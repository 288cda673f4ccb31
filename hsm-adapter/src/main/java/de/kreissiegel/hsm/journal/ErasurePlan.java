package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an erasure would do, before anybody ordered it.
 *
 * @param journal SHA-256 of the journal's public key
 * @param entries how many entries there are
 * @param head the last one's hash
 * @param before what ended earlier goes
 * @param classes of which entries
 * @param bodies how many bodies go
 * @param selection SHA-256 of which ones
 * @param files what happens to each file that holds entries of these classes
 * @param more whether files further on could be erased, too, for which one order has no room
 */
public record ErasurePlan(
    Bytes journal,
    long entries,
    Bytes head,
    Instant before,
    Set<RetentionClass> classes,
    long bodies,
    Bytes selection,
    List<OfFile> files,
    boolean more) {
  public ErasurePlan {
    classes = Set.copyOf(classes);
    files = List.copyOf(files);
  }

  /**
   * A file.
   *
   * @param first its first entry's number
   * @param last its last entry's number
   * @param from when the first was written
   * @param to when the last was
   * @param counts what becomes of entries that still have a body, by class
   */
  public record OfFile(
      long first,
      long last,
      Instant from,
      Instant to,
      Map<RetentionClass, Map<ErasureRules.Fate, Long>> counts) {
    public OfFile {
      counts = Map.copyOf(counts);
    }

    /** How many entries of that class have that fate. */
    public long count(RetentionClass of, ErasureRules.Fate fate) {
      return counts.getOrDefault(of, Map.of()).getOrDefault(fate, 0L);
    }
  }

  /** How many entries of each class go, of those that lose any. */
  public Map<RetentionClass, Long> going() {
    Map<RetentionClass, Long> going = new EnumMap<>(RetentionClass.class);
    for (OfFile file : files) {
      for (RetentionClass one : classes) {
        long count = file.count(one, ErasureRules.Fate.GOES);
        if (count > 0) {
          going.merge(one, count, Long::sum);
        }
      }
    }
    return going;
  }

  /**
   * The order to do so.
   *
   * @param orderedBy who confirmed it, at least two
   * @param record the name of the ceremony's record
   * @throws IllegalArgumentException if nothing goes, or they aren't two
   */
  public ErasureOrder order(List<String> orderedBy, String record, String reason) {
    return new ErasureOrder(
        journal, entries, head, before, classes, bodies, selection, orderedBy, record, reason);
  }
}
