package de.kreissiegel.hsm.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a journal, by the number of their first entry. */
final class Segments {
  private static final Pattern NAME = Pattern.compile("([0-9]{16})\\.journal");
  private static final byte[] MARK = "KSJOURN2".getBytes(StandardCharsets.US_ASCII);
  private static final String CHECKPOINT_OF_VERSION_1 = "checkpoint";

  private Segments() {}

  /** With these octets each file begins. */
  static byte[] mark() {
    return MARK.clone();
  }

  static Path file(Path directory, long firstIndex) {
    return directory.resolve(String.format("%016d.journal", firstIndex));
  }

  static NavigableMap<Long, Path> list(Path directory) throws IOException {
    NavigableMap<Long, Path> found = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          found.put(Long.valueOf(name.group(1)), file);
        }
      }
    }
    return found;
  }

  /**
   * Whether the journal was written by software that knew version 1 only: its entries are chained
   * by other octets, so it can be neither read nor continued.
   */
  static boolean ofVersion1(Path directory) {
    return Files.exists(directory.resolve(CHECKPOINT_OF_VERSION_1))
        && !Files.exists(directory.resolve(CheckpointLog.FILE));
  }
}
