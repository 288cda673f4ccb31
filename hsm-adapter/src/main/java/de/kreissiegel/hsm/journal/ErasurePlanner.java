package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a journal and says which bodies may go. Asked the same, it says the same. */
final class ErasurePlanner {
  /** So many octets of selection fit into the entry that tells of it, and some more. */
  private static final int MOST_OCTETS = 2 << 20;

  private final Path directory;
  private final Bytes journal;
  private final Terms terms;

  /**
   * What is asked.
   *
   * @param takenIn entries from this number on were not yet taken in by the authority
   */
  record Terms(Set<RetentionClass> classes, Instant before, long takenIn, ErasureRules rules) {}

  /** A plan, and which entries it means. */
  record Made(ErasurePlan plan, ErasureSelection selection) {}

  ErasurePlanner(Path directory, Bytes journal, Terms terms) {
    this.directory = directory;
    this.journal = journal;
    this.terms = terms;
  }

  /**
   * Plans.
   *
   * @param entries how many entries the journal has; those behind them are not looked at
   * @param head the last one's hash
   */
  Made make(long entries, Bytes head) throws IOException, BrokenFrame {
    ErasureSelection selection = new ErasureSelection();
    List<ErasurePlan.OfFile> files = new ArrayList<>();
    int octets = 0;
    boolean more = false;
    for (Map.Entry<Long, Path> file : Segments.list(directory).entrySet()) {
      if (file.getKey() >= entries) {
        break;
      }
      OneFile read = new OneFile();
      read.read(file.getValue(), file.getKey(), entries);
      octets += read.going.isEmpty() ? 0 : read.going.length() / Byte.SIZE + 32;
      if (octets > MOST_OCTETS) {
        more = true;
        break;
      }
      selection.add(file.getKey(), read.going);
      if (!read.counts.isEmpty()) {
        files.add(read.told(file.getKey()));
      }
    }
    ErasurePlan plan =
        new ErasurePlan(
            journal,
            entries,
            head,
            terms.before(),
            terms.classes(),
            selection.bodies(),
            selection.digest(),
            files,
            more);
    return new Made(plan, selection);
  }

  /** What is found in one. */
  private final class OneFile {
    private final BitSet going = new BitSet();
    private final Map<RetentionClass, Map<ErasureRules.Fate, Long>> counts =
        new EnumMap<>(RetentionClass.class);
    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;
    private long last;

    void read(Path file, long first, long entries) throws IOException, BrokenFrame {
      try (SegmentReader reader = SegmentReader.open(file)) {
        for (Optional<JournalEntry> entry = reader.next();
            entry.isPresent() && entry.get().index() < entries;
            entry = reader.next()) {
          take(entry.get(), first);
        }
      }
    }

    private void take(JournalEntry entry, long first) throws BrokenFrame {
      from = from.isBefore(entry.time()) ? from : entry.time();
      to = to.isAfter(entry.time()) ? to : entry.time();
      last = entry.index();
      Optional<RetentionClass> of = RetentionClass.of(entry.structure());
      if (entry.happening() != Happening.SIGNED
          || entry.body().isEmpty()
          || of.filter(terms.classes()::contains).isEmpty()) {
        return;
      }
      ErasureRules.Fate fate = fate(entry);
      counts
          .computeIfAbsent(of.get(), _ -> new EnumMap<>(ErasureRules.Fate.class))
          .merge(fate, 1L, Long::sum);
      if (fate == ErasureRules.Fate.GOES) {
        going.set(Math.toIntExact(entry.index() - first));
      }
    }

    private ErasureRules.Fate fate(JournalEntry entry) throws BrokenFrame {
      if (!entry.time().isBefore(terms.before())) {
        return ErasureRules.Fate.YOUNG;
      }
      ErasureRules.Fate fate = terms.rules().of(entry.recalled(), terms.before());
      boolean unread = entry.index() >= terms.takenIn();
      return fate == ErasureRules.Fate.GOES && unread ? ErasureRules.Fate.UNREAD : fate;
    }

    ErasurePlan.OfFile told(long first) {
      return new ErasurePlan.OfFile(first, last, from, to, counts);
    }
  }
}
