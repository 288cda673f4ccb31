package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds files whose time is over, and writes them anew without their bodies. */
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

  /**
   * How many bodies an order drops of which file; a file that is being written, and one with an
   * entry from {@code limit} on, is not concerned.
   */
  Map<Long, Long> plan(ErasureOrder order, long limit) throws IOException, BrokenFrame {
    NavigableMap<Long, Path> files = Segments.list(directory);
    Map<Long, Long> plan = new TreeMap<>();
    for (Map.Entry<Long, Path> file : files.entrySet()) {
      Long next = files.higherKey(file.getKey());
      if (next == null || next > limit) {
        break;
      }
      Instant last = Instant.MIN;
      long bodies = 0;
      try (SegmentReader entries = SegmentReader.open(file.getValue())) {
        for (Optional<JournalEntry> entry = entries.next();
            entry.isPresent();
            entry = entries.next()) {
          last = entry.get().time();
          boolean dropped =
              entry.get().body().isPresent()
                  && ErasureLedger.erasable(entry.get(), order.structures());
          bodies += dropped ? 1 : 0;
        }
      }
      if (last.isBefore(order.before()) && bodies > 0) {
        plan.put(file.getKey(), bodies);
      }
    }
    return plan;
  }

  /** Writes a file without those bodies; done again, it changes nothing. */
  void carryOut(long segment, Set<SignedStructure> structures) throws IOException, BrokenFrame {
    Path file = Segments.file(directory, segment);
    Path beside = file.resolveSibling(file.getFileName() + BESIDE);
    Files.deleteIfExists(beside);
    JournalIndex.Offsets offsets = new JournalIndex.Offsets();
    try (FileChannel channel = DurableFiles.create(beside)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 18);
      copy(file, structures, out, offsets);
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
      Path file, Set<SignedStructure> structures, OutputStream out, JournalIndex.Offsets offsets)
      throws IOException, BrokenFrame {
    byte[] mark = Segments.mark();
    out.write(mark);
    long position = mark.length;
    try (SegmentReader entries = SegmentReader.open(file)) {
      for (Optional<JournalEntry> entry = entries.next();
          entry.isPresent();
          entry = entries.next()) {
        byte[] frame = entries.frame(!ErasureLedger.erasable(entry.get(), structures));
        offsets.add(position);
        out.write(frame);
        position += frame.length;
      }
    }
  }
}
