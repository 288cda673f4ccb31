package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Reads a journal at start. Takes away what a crash left half-written behind the last checkpoint;
 * everything else that is wrong stops the start.
 */
final class JournalRecovery implements JournalScan.Visitor {
  private static final System.Logger LOG = System.getLogger(JournalRecovery.class.getName());

  private final Checkpoint checkpoint;
  private final JournalIndex index;
  private Bytes head;
  private Optional<Finding> fault = Optional.empty();
  private Optional<JournalScan.Place> torn = Optional.empty();

  private JournalRecovery(Checkpoint checkpoint, JournalIndex index, Bytes beforeFirst) {
    this.checkpoint = checkpoint;
    this.index = index;
    this.head = beforeFirst;
  }

  /** Fills the index. Afterwards every entry is on disk, and no half one. */
  static JournalState run(
      Path directory, Checkpoint checkpoint, JournalIndex index, Bytes beforeFirst)
      throws IOException, JournalDamaged {
    JournalRecovery recovery = new JournalRecovery(checkpoint, index, beforeFirst);
    recovery.holdHead(0);
    JournalScan.walk(directory, beforeFirst, recovery);
    if (recovery.fault.isPresent()) {
      throw new JournalDamaged(recovery.fault.get().sentence());
    }
    if (index.size() < checkpoint.size()) {
      throw new JournalDamaged(
          "the journal ends after %d entries, its checkpoint covers %d"
              .formatted(index.size(), checkpoint.size()));
    }
    return recovery.settle(directory);
  }

  @Override
  public void entry(JournalEntry entry, JournalScan.Place place) {
    index.add(entry, place);
    head = entry.hash();
    holdHead(entry.index() + 1);
  }

  @Override
  public boolean fault(Finding.Kind kind, long entry, String sentence, JournalScan.Place place) {
    boolean halfWritten = kind == Finding.Kind.CHANGED || kind == Finding.Kind.CUT;
    if (halfWritten && entry >= checkpoint.size()) {
      torn = Optional.of(place);
    } else if (fault.isEmpty()) {
      fault = Optional.of(new Finding(kind, entry, sentence));
    }
    return false;
  }

  private void holdHead(long size) {
    if (size == checkpoint.size() && !head.equals(checkpoint.head()) && fault.isEmpty()) {
      fault =
          Optional.of(
              new Finding(
                  Finding.Kind.CHANGED,
                  Math.max(0, size - 1),
                  "entry %d is not the one its checkpoint names".formatted(size - 1)));
    }
  }

  private JournalState settle(Path directory) throws IOException, JournalDamaged {
    NavigableMap<Long, Path> segments = Segments.list(directory);
    if (segments.isEmpty()) {
      return new JournalState(0, head, 0, 0);
    }
    long last = segments.lastKey();
    Path file = Segments.file(directory, last);
    if (torn.isPresent()) {
      if (torn.get().segment() != last) {
        throw new JournalDamaged(
            "entry %d is damaged, and a later file exists".formatted(index.size()));
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "The journal's last entry was half written and never released; it is taken away.");
      truncate(file, torn.get().offset());
    }
    return new JournalState(index.size(), head, last, synced(file));
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static long synced(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return Files.size(file);
  }
}
