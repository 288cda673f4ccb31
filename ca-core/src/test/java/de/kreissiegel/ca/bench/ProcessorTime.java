package de.kreissiegel.ca.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What processes have used of a processor, in seconds, as the kernel counts it (proc(5)). */
final class ProcessorTime {
  /** USER_HZ, which is 100 on every Linux that we know. */
  private static final double TICKS_A_SECOND = 100;

  private static final Path PROC = Path.of("/proc");

  // Fields of "stat", counted from behind the name.
  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int USER_OF_ENDED_CHILDREN = 13;
  private static final int SYSTEM_OF_ENDED_CHILDREN = 14;

  private ProcessorTime() {}

  /** All threads of a process since it began, but for its just-in-time compilers. */
  static double withoutCompilers(long pid) throws IOException {
    String[] stat = stat(PROC.resolve(Long.toString(pid)));
    return ticks(stat, USER) + ticks(stat, SYSTEM) - ofCompilers(pid);
  }

  /** A process, its children, and those that have ended: the whole of a PostgreSQL server. */
  static double withChildren(long pid) throws IOException {
    String[] own = stat(PROC.resolve(Long.toString(pid)));
    double sum =
        ticks(own, USER)
            + ticks(own, SYSTEM)
            + ticks(own, USER_OF_ENDED_CHILDREN)
            + ticks(own, SYSTEM_OF_ENDED_CHILDREN);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : all) {
        try {
          String[] stat = stat(process);
          if (Long.parseLong(stat[PARENT]) == pid) {
            sum += ticks(stat, USER) + ticks(stat, SYSTEM);
          }
        } catch (NoSuchFileException ended) {
          // Between the listing and the reading.
        }
      }
    }
    return sum;
  }

  private static double ofCompilers(long pid) throws IOException {
    double seconds = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
      for (Path thread : threads) {
        try {
          if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler[^\\n]*\n")) {
            String stat = Files.readString(thread.resolve("schedstat"));
            seconds += Long.parseLong(stat.substring(0, stat.indexOf(' '))) / 1e9;
          }
        } catch (IOException ended) {
          // Between the listing and the reading, or while it was read (ESRCH).
        }
      }
    }
    return seconds;
  }

  private static String[] stat(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    // The name in parentheses may hold blanks.
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  private static double ticks(String[] stat, int field) {
    return Long.parseLong(stat[field]) / TICKS_A_SECOND;
  }
}
