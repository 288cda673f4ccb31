package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.SignedStructure;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures a journal: entries a second and CPU an entry for certificates and OCSP answers, by as
 * many virtual threads as wait at a time, against a bare fdatasync of the same octets in the same
 * run; then how long a start takes. Arguments: a directory, milliseconds a cell.
 */
final class JournalLoad {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private JournalLoad() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "load");
    long millis = Long.parseLong(args[1]);
    try {
      TestJournal made = TestJournal.create(Files.createDirectory(directory.resolve("j")));
      AtomicInteger syncs = new AtomicInteger();
      made.steps = step -> syncs.addAndGet(step == Step.SYNCED ? 1 : 0);
      System.out.println(
          "kind threads entries/s cpu-us/entry entries/sync | bare: us/sync cpu-us/entry");
      try (Journal journal = made.open()) {
        run(journal, SignedStructure.CERTIFICATE, 16, 2 * millis, syncs);
        run(journal, SignedStructure.OCSP_RESPONSE, 16, millis, syncs);
        for (SignedStructure structure :
            List.of(SignedStructure.CERTIFICATE, SignedStructure.OCSP_RESPONSE)) {
          for (int threads : new int[] {1, 4, 16, 64}) {
            Figures figures = run(journal, structure, threads, millis, syncs);
            int size = structure == SignedStructure.CERTIFICATE ? 1450 : 54;
            int length = (int) (size * figures.perSync()) + (size == 54 ? 400 : 0);
            double[] bare = bare(directory.resolve("bare"), length, millis / 4);
            System.out.printf(
                "%s %d %.0f %.1f %.1f | %.0f %.1f%n",
                structure,
                threads,
                figures.perSecond(),
                figures.cpuMicros(),
                figures.perSync(),
                bare[0],
                bare[1] / figures.perSync());
          }
        }
        System.out.printf(
            "index: %.1f octets an entry%n",
            (double) journal.indexOctets() / journal.state().entries());
      }
      start(made);
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private record Figures(double perSecond, double cpuMicros, double perSync) {}

  private static Figures run(
      Journal journal, SignedStructure structure, int threads, long millis, AtomicInteger syncs)
      throws Exception {
    // What the caller makes is no cost of the journal: drafts are made before.
    List<Draft> samples = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      samples.add(TestJournal.draft(i, structure, 1024));
    }
    AtomicLong done = new AtomicLong();
    long end = System.nanoTime() + millis * 1_000_000;
    int syncsBefore = syncs.get();
    long cpu = cpuNanos();
    long began = System.nanoTime();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (System.nanoTime() < end) {
                        int number = NEXT.incrementAndGet();
                        journal.append(like(samples.get(number & 63), number));
                        done.incrementAndGet();
                      }
                    } catch (JournalStopped stopped) {
                      throw new AssertionError(stopped);
                    }
                  }));
    }
    for (Thread thread : running) {
      thread.join();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Figures(
        done.get() / seconds,
        (cpuNanos() - cpu) / 1e3 / done.get(),
        (double) done.get() / (syncs.get() - syncsBefore));
  }

  private static Draft like(Draft sample, int number) {
    return new Draft(
        sample.happening(),
        new UUID(11, number),
        sample.key(),
        sample.structure(),
        sample.digest(),
        sample.kept(),
        sample.evidence(),
        sample.policy(),
        sample.claim(),
        sample.signature(),
        sample.rule());
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** Microseconds of a write behind the last one with its fdatasync, and its CPU's. */
  private static double[] bare(Path file, int length, long millis) throws Exception {
    ByteBuffer octets = ByteBuffer.allocateDirect(length);
    long count = 0;
    long cpu = cpuNanos();
    long began = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (System.nanoTime() - began < millis * 1_000_000) {
        octets.clear();
        channel.write(octets);
        channel.force(false);
        count++;
      }
    }
    double micros = (System.nanoTime() - began) / 1e3 / count;
    double cpuMicros = (cpuNanos() - cpu) / 1e3 / count;
    Files.delete(file);
    return new double[] {micros, cpuMicros};
  }

  private static void start(TestJournal made) throws Exception {
    for (int i = 0; i < 2; i++) {
      long cpu = cpuNanos();
      long began = System.nanoTime();
      try (Journal journal = made.open()) {
        System.out.printf(
            "start: %d entries in %d ms (%d ms CPU)%n",
            journal.state().entries(),
            (System.nanoTime() - began) / 1_000_000,
            (cpuNanos() - cpu) / 1_000_000);
      }
    }
  }
}
