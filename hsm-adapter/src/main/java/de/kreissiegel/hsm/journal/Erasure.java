package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.disk.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/** Writes files anew without the bodies whose time is over. */
final class Erasure {
  private static final String BESIDE = ".new";

  private final Path directory;
  private final JournalIndex index;
  private final EntryReader reader;
  private final Surroundings.Steps steps;

  Erasure(Path directory, JournalIndex index, EntryReader reader, Surroundings.Steps steps) {
    this.directory = directory;
    this.index = index;
    this.reader = reader;
    this.steps = steps;
  }

  /** Takes away what a crash left half-written. */
  static void tidy(Path directory) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*.journal" + BESIDE)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  /** The files that nothing is written to any more. */
  boolean closed(long segment) throws IOException {
    return Segments.list(directory).higherKey(segment) != null;
  }

  /** Does it, file by file. */
  void carryOut(Map<Long, BitSet> files) throws IOException, BrokenFrame {
    for (Map.Entry<Long, BitSet> file : files.entrySet()) {
      carryOut(file.getKey(), file.getValue());
    }
  }

  /** Writes a file without those bodies; done again, it changes nothing. */
  private void carryOut(long segment, BitSet entries) throws IOException, BrokenFrame {
    Path file = Segments.file(directory, segment);
    Path beside = file.resolveSibling(file.getFileName() + BESIDE);
    Files.deleteIfExists(beside);
    JournalIndex.Offsets offsets = new JournalIndex.Offsets();
    try (FileChannel channel = DurableFiles.create(beside)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 18);
      copy(file, segment, entries, out, offsets);
      out.flush();
      channel.force(true);
    }
    steps.done(Step.ERASURE_WRITTEN);
    reader.move(
        () -> {
          Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
          index.moved(segment, offsets);
        });
    DurableFiles.syncDirectory(directory);
    steps.done(Step.ERASURE_DONE);
  }

  private static void copy(
      Path file, long segment, BitSet without, OutputStream out, JournalIndex.Offsets offsets)
      throws IOException, BrokenFrame {
    byte[] mark = Segments.mark();
    out.write(mark);
    long position = mark.length;
    try (SegmentReader entries = SegmentReader.open(file)) {
      for (Optional<JournalEntry> entry = entries.next();
          entry.isPresent();
          entry = entries.next()) {
        boolean keeps = !without.get(Math.toIntExact(entry.get().index() - segment));
        byte[] frame = entries.frame(keeps);
        offsets.add(position);
        out.write(frame);
        position += frame.length;
      }
    }
  }
}
