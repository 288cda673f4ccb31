package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.hsm.tree.HashTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Reads a journal at start. Whole entries behind the last checkpoint stay: they may have been
 * released. What a crash left half-written behind them goes: it was not. Everything else that is
 * wrong stops the start.
 */
final class JournalRecovery implements JournalScan.Visitor {
  private static final System.Logger LOG = System.getLogger(JournalRecovery.class.getName());

  private final CheckpointNote checkpoint;
  private final JournalIndex index;
  private final HashTree tree = new HashTree();
  private final ErasureLedger ledger;
  private Bytes head;
  private long end = Segments.mark().length;
  private Optional<Finding> fault = Optional.empty();
  private Optional<JournalScan.Place> torn = Optional.empty();

  private JournalRecovery(
      CheckpointNote checkpoint, JournalIndex index, Bytes beforeFirst, OrderSignatures orders) {
    this.ledger = new ErasureLedger(Optional.of(orders));
    this.checkpoint = checkpoint;
    this.index = index;
    this.head = beforeFirst;
  }

  /**
   * What was found.
   *
   * @param pending erasures that were ordered and not carried out before a crash
   */
  record Found(JournalState state, Map<Long, BitSet> pending) {}

  /** Fills the index. Afterwards every entry is on disk, and no half one. */
  static Found run(
      Path directory,
      CheckpointNote checkpoint,
      JournalIndex index,
      Bytes beforeFirst,
      OrderSignatures orders)
      throws IOException, JournalDamaged {
    JournalRecovery recovery = new JournalRecovery(checkpoint, index, beforeFirst, orders);
    recovery.holdCheckpoint();
    JournalScan.walk(directory, beforeFirst, recovery);
    if (recovery.fault.isPresent()) {
      throw new JournalDamaged(recovery.fault.get().sentence());
    }
    if (index.size() < checkpoint.size()) {
      throw new JournalDamaged(
          "the journal ends before entry %d, its checkpoint covers %d entries"
              .formatted(index.size(), checkpoint.size()));
    }
    var unordered = recovery.ledger.unordered();
    if (unordered.isPresent()) {
      throw new JournalDamaged(
          "the body of entry %d is gone, and nobody ordered it".formatted(unordered.getAsLong()));
    }
    return new Found(recovery.settle(directory), recovery.ledger.pending());
  }

  @Override
  public void entry(JournalEntry entry, JournalScan.Place place) {
    try {
      ledger.note(entry, place.segment());
    } catch (BrokenFrame broken) {
      fault(
          Finding.Kind.CHANGED,
          entry.index(),
          "entry " + entry.index() + " is damaged: " + broken.getMessage(),
          place);
    }
    index.add(place.segment(), List.of(JournalIndex.Known.of(entry, place.offset())));
    head = entry.hash();
    end = place.end();
    tree.add(head.toArray());
    holdCheckpoint();
  }

  @Override
  public boolean fault(Finding.Kind kind, long entry, String sentence, JournalScan.Place place) {
    boolean halfWritten = kind == Finding.Kind.CHANGED || kind == Finding.Kind.CUT;
    if (halfWritten && entry >= checkpoint.size() && place.offset() == place.end()) {
      torn = Optional.of(place);
    } else if (fault.isEmpty()) {
      fault = Optional.of(new Finding(kind, entry, sentence));
    }
    return false;
  }

  private void holdCheckpoint() {
    boolean fits =
        tree.size() != checkpoint.size()
            || (head.equals(checkpoint.head()) && tree.root().equals(checkpoint.root()));
    if (!fits && fault.isEmpty()) {
      fault =
          Optional.of(
              new Finding(
                  Finding.Kind.CHANGED,
                  Math.max(0, tree.size() - 1),
                  "entry %d is not the one its checkpoint names".formatted(tree.size() - 1)));
    }
  }

  private JournalState settle(Path directory) throws IOException, JournalDamaged {
    NavigableMap<Long, Path> segments = Segments.list(directory);
    if (segments.isEmpty()) {
      return new JournalState(0, head, tree, Optional.empty());
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
          "The journal''s last entry {0} was half written and never released; it is taken away.",
          index.size());
      if (torn.get().offset() == 0) {
        Files.delete(file);
        return new JournalState(index.size(), head, tree, Optional.empty());
      }
    }
    long position = index.size() == last ? Segments.mark().length : end;
    cut(file, position);
    return new JournalState(
        index.size(), head, tree, Optional.of(new JournalState.OpenSegment(last, position)));
  }

  private static void cut(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
      channel.force(true);
    }
  }
}
