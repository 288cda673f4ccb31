package de.kreissiegel.hsm.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What the threads of a process have used of the processors since they began, in seconds of user
 * and system time, as the kernel's scheduler counts it. Threads that have ended are missing, so a
 * difference holds where none ends between.
 *
 * @param work of the threads that take requests, sign and write
 * @param collector of the virtual machine's: garbage collection and housekeeping
 * @param compilers of the two just-in-time compilers
 */
record ProcessorShares(double work, double collector, double compilers) {
  static ProcessorShares of(long pid) throws IOException {
    double work = 0;
    double collector = 0;
    double compilers = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads) {
        try {
          String name = Files.readString(thread.resolve("comm")).strip();
          String stat = Files.readString(thread.resolve("schedstat"));
          double seconds = Long.parseLong(stat.substring(0, stat.indexOf(' '))) / 1e9;
          if (name.matches("C[12] Compiler.*")) {
            compilers += seconds;
          } else if (name.matches(
              "GC Thread.*|G1 .*|VM .*|.*Cleaner.*|Signal Dispatch|Finalizer")) {
            collector += seconds;
          } else {
            work += seconds;
          }
        } catch (NoSuchFileException ended) {
          // It ended between the listing and the reading.
        }
      }
    }
    return new ProcessorShares(work, collector, compilers);
  }

  ProcessorShares minus(ProcessorShares before) {
    return new ProcessorShares(
        work - before.work, collector - before.collector, compilers - before.compilers);
  }

  double all() {
    return work + collector + compilers;
  }
}
