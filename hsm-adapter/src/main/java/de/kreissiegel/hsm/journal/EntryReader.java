package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Reads entries whose places are known. */
final class EntryReader {
  private static final int ONE = 1 << 14;
  private static final int MANY = 1 << 18;

  private final Path directory;
  private final JournalIndex index;
  private final ReadWriteLock moving = new ReentrantReadWriteLock();

  EntryReader(Path directory, JournalIndex index) {
    this.directory = directory;
    this.index = index;
  }

  /** What puts another file in the place of one. */
  @FunctionalInterface
  interface Move {
    void run() throws IOException;
  }

  /** Does it while no file is being opened. */
  void move(Move move) throws IOException {
    moving.writeLock().lock();
    try {
      move.run();
    } finally {
      moving.writeLock().unlock();
    }
  }

  JournalEntry read(long number) throws IOException {
    try (SegmentReader reader = at(number, ONE)) {
      return next(reader, number);
    } catch (BrokenFrame broken) {
      throw damaged(number, broken);
    }
  }

  List<JournalRecord> read(long from, int atMost, long octets) throws IOException {
    List<JournalRecord> records = new ArrayList<>();
    long end = Math.min(index.size(), from + atMost);
    long next = from;
    long room = octets;
    while (next < end && room > 0) {
      long segment = index.place(next).segment();
      try (SegmentReader reader = at(next, MANY)) {
        do {
          JournalEntry entry = next(reader, next);
          records.add(entry.asRecord());
          room -= entry.body().map(Bytes::length).orElse(0);
          next++;
        } while (next < end && room > 0 && index.place(next).segment() == segment);
      } catch (BrokenFrame broken) {
        throw damaged(next, broken);
      }
    }
    return List.copyOf(records);
  }

  /** Something that reads an entry. */
  @FunctionalInterface
  interface Each {
    void read(JournalEntry entry) throws BrokenFrame;
  }

  /** Reads all entries that there are now. */
  void each(Each each) throws IOException {
    long end = index.size();
    long next = 0;
    while (next < end) {
      long segment = index.place(next).segment();
      try (SegmentReader reader = at(next, MANY)) {
        do {
          each.read(next(reader, next));
          next++;
        } while (next < end && index.place(next).segment() == segment);
      } catch (BrokenFrame broken) {
        throw damaged(next, broken);
      }
    }
  }

  private static JournalEntry next(SegmentReader reader, long number)
      throws IOException, BrokenFrame {
    Optional<JournalEntry> entry = reader.next();
    if (entry.isEmpty() || entry.get().index() != number) {
      throw new BrokenFrame("it isn't where it was");
    }
    return entry.get();
  }

  private SegmentReader at(long number, int atOnce) throws IOException, BrokenFrame {
    moving.readLock().lock();
    try {
      JournalIndex.Place place = index.place(number);
      return SegmentReader.at(
          Segments.file(directory, place.segment()), place.offset(), place.skip(), atOnce);
    } finally {
      moving.readLock().unlock();
    }
  }

  private static IOException damaged(long number, BrokenFrame broken) {
    return new IOException("entry " + number + " of the journal is damaged", broken);
  }
}
