package de.kreissiegel.hsm.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** How much of a processor the just-in-time compilers of a virtual machine have used. */
final class CompilerTime {
  private CompilerTime() {}

  /**
   * Seconds of user and system time since they began, as the kernel's scheduler counts it. A
   * compiler's thread that has ended is missing.
   */
  static double of(long pid) throws IOException {
    double seconds = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads) {
        try {
          if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler[^\\n]*\n")) {
            String stat = Files.readString(thread.resolve("schedstat"));
            seconds += Long.parseLong(stat.substring(0, stat.indexOf(' '))) / 1e9;
          }
        } catch (NoSuchFileException ended) {
          // Between the listing and the reading.
        }
      }
    }
    return seconds;
  }
}
