package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.JournalRecord;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads entries whose places are known. */
final class EntryReader {
  private static final int BUFFER = 1 << 14;

  private final Path directory;
  private final JournalIndex index;

  EntryReader(Path directory, JournalIndex index) {
    this.directory = directory;
    this.index = index;
  }

  JournalEntry read(long number) throws IOException {
    JournalScan.Place place = index.place(number);
    try (DataInputStream in = at(place)) {
      return Frames.read(in).entry();
    } catch (BrokenFrame broken) {
      throw new IOException("entry " + number + " of the journal is damaged", broken);
    }
  }

  List<JournalRecord> read(long from, int atMost, long octets) throws IOException {
    List<JournalRecord> records = new ArrayList<>();
    long end = Math.min(index.size(), from + atMost);
    long next = from;
    long room = octets;
    while (next < end && room > 0) {
      JournalScan.Place place = index.place(next);
      try (DataInputStream in = at(place)) {
        do {
          JournalEntry entry = Frames.read(in).entry();
          records.add(entry.asRecord());
          room -= entry.toBeSigned().map(kept -> kept.length()).orElse(0);
          next++;
        } while (next < end && room > 0 && index.place(next).segment() == place.segment());
      } catch (BrokenFrame broken) {
        throw new IOException("entry " + next + " of the journal is damaged", broken);
      }
    }
    return List.copyOf(records);
  }

  private DataInputStream at(JournalScan.Place place) throws IOException {
    InputStream file = Files.newInputStream(Segments.file(directory, place.segment()));
    file.skipNBytes(place.offset());
    return new DataInputStream(new BufferedInputStream(file, BUFFER));
  }
}
