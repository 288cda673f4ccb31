package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks through all entries of a journal in order and holds each against the chain. */
final class JournalScan {
  /** Hears what is found. */
  interface Visitor {
    /** An entry that is where it belongs. */
    void entry(JournalEntry entry, Place place);

    /**
     * Something else.
     *
     * @param index the number of the entry that belongs there
     * @return whether to go on, if that is possible
     */
    boolean fault(Finding.Kind kind, long index, String sentence, Place place);
  }

  /**
   * Where an entry lies.
   *
   * @param segment the first entry's number of its file
   * @param offset from the file's beginning
   * @param end where it ends; of a fault the same as offset
   */
  record Place(long segment, long offset, long end) {}

  private final Visitor visitor;
  private long index;
  private Bytes previous;
  private boolean goOn = true;

  private JournalScan(Bytes beforeFirst, Visitor visitor) {
    this.previous = beforeFirst;
    this.visitor = visitor;
  }

  /**
   * Walks.
   *
   * @param beforeFirst what the first entry carries as its predecessor
   */
  static void walk(Path directory, Bytes beforeFirst, Visitor visitor) throws IOException {
    JournalScan scan = new JournalScan(beforeFirst, visitor);
    NavigableMap<Long, Path> segments = Segments.list(directory);
    for (Map.Entry<Long, Path> segment : segments.entrySet()) {
      if (scan.goOn && segment.getKey() != scan.index) {
        scan.gap(segment.getKey());
      }
      if (scan.goOn) {
        scan.segment(segment.getKey(), segment.getValue());
      }
    }
  }

  private void gap(long nextSegment) {
    goOn =
        visitor.fault(
            Finding.Kind.MISSING_FILE,
            index,
            "the file that holds entry " + index + " is missing or short",
            new Place(nextSegment, 0, 0));
    index = nextSegment;
  }

  private void segment(long first, Path file) throws IOException {
    long offset = 0;
    try (SegmentReader reader = SegmentReader.open(file)) {
      while (goOn) {
        offset = reader.position();
        Optional<JournalEntry> entry = reader.next();
        if (entry.isEmpty()) {
          return;
        }
        hold(entry.get(), new Place(first, offset, reader.position()));
      }
    } catch (BrokenFrame broken) {
      stop(Finding.Kind.CHANGED, broken.getMessage(), new Place(first, offset, offset));
    } catch (EOFException _) {
      stop(Finding.Kind.CUT, "the file ends within it", new Place(first, offset, offset));
    }
  }

  private void hold(JournalEntry entry, Place place) {
    if (entry.index() != index) {
      goOn =
          visitor.fault(
              Finding.Kind.MISPLACED,
              index,
              "entry " + entry.index() + " stands where entry " + index + " belongs",
              place);
    } else if (!entry.previous().equals(previous)) {
      goOn =
          visitor.fault(
              Finding.Kind.MISPLACED,
              index,
              "entry " + index + " doesn't continue the entry before it",
              place);
    } else {
      visitor.entry(entry, place);
    }
    index++;
    previous = entry.hash();
  }

  private void stop(Finding.Kind kind, @Nullable String why, Place place) {
    visitor.fault(kind, index, "entry " + index + " is damaged: " + why, place);
    goOn = false;
  }
}
