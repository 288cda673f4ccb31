package de.kreissiegel.hsm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of a processor a whole process has used, as the kernel counts it. */
final class CpuTime {
  /** USER_HZ, which is 100 on every Linux that we know (proc(5)). */
  private static final double TICKS_A_SECOND = 100;

  private CpuTime() {}

  /** Nanoseconds that this thread has run. */
  static long ofThisThread() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/schedstat"));
    return Long.parseLong(stat.substring(0, stat.indexOf(' ')));
  }

  /** Seconds of user and system time of all threads since the process began. */
  static double of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The name in parentheses may hold blanks; utime and stime are the 14th and 15th field.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
  }
}
