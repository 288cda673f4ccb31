package de.kreissiegel.hsm.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a journal needs from outside.
 *
 * @param signer signs checkpoints
 * @param clock for entries and checkpoints
 * @param segmentOctets a file that is longer is continued in the next
 * @param space how much room is left
 */
public record Surroundings(
    CheckpointSigner signer, Clock clock, long segmentOctets, SpaceLeft space) {
  private static final long SEGMENT = 64L << 20;

  /** How many octets may still be written. */
  @FunctionalInterface
  public interface SpaceLeft {
    long octets() throws IOException;
  }

  /** Files of 64 MiB in that directory. */
  public static Surroundings of(Path directory, CheckpointSigner signer, Clock clock) {
    return new Surroundings(
        signer, clock, SEGMENT, () -> Files.getFileStore(directory).getUsableSpace());
  }
}
