package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A list as this node has it on its disk, whole.
 *
 * @param name which one
 * @param number its CRLNumber
 * @param thisUpdate when it was made
 * @param nextUpdate when the next one is there at the latest
 * @param entries how many it has; 0 also where nobody counted
 * @param length how many octets
 * @param tag a hash that no other list has
 * @param file where; it may go once there are newer ones, what was opened stays readable
 */
public record CrlFile(
    CrlName name,
    long number,
    Instant thisUpdate,
    Instant nextUpdate,
    long entries,
    long length,
    Bytes tag,
    Path file) {

  /** Opens it; the caller closes it. */
  public FileChannel open() throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  /** All of it, for those who know that it is short. */
  public Bytes read() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Bytes.of(in.readAllBytes());
    }
  }
}
