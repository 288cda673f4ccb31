package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Certificates into a journal on disk, against as many octets by a bare write and fdatasync. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class JournalBenchmark {
  private static final int OCTETS = 1024;
  private static final int FRAME = 1450;
  private static final int FRAMES = 20_000;

  private final AtomicInteger next = new AtomicInteger();
  private Path directory;
  private Journal journal;
  private FileChannel bare;
  private int written;

  @Setup
  public void open() throws Exception {
    directory = Files.createTempDirectory(Path.of("target"), "journal");
    journal = TestJournal.create(Files.createDirectory(directory.resolve("j"))).open();
    bare =
        FileChannel.open(
            directory.resolve("bare"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    // Room ahead, as the journal makes it: otherwise the file's length is synced, too.
    bare.write(ByteBuffer.allocate(FRAME * FRAMES));
    bare.force(true);
  }

  @TearDown
  public void remove() throws Exception {
    journal.close();
    bare.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Benchmark
  @Threads(1)
  public Object bareSync() throws Exception {
    bare.write(ByteBuffer.allocate(FRAME), (long) FRAME * (written++ % FRAMES));
    bare.force(false);
    return bare;
  }

  @Benchmark
  @Threads(1)
  public Signed oneWriter() throws Exception {
    return append();
  }

  @Benchmark
  @Threads(4)
  public Signed fourWriters() throws Exception {
    return append();
  }

  @Benchmark
  @Threads(16)
  public Signed sixteenWriters() throws Exception {
    return append();
  }

  private Signed append() throws Exception {
    return journal.append(
        TestJournal.draft(next.incrementAndGet(), SignedStructure.CERTIFICATE, OCTETS));
  }
}
