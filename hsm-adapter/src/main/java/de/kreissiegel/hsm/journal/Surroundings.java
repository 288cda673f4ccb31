package de.kreissiegel.hsm.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * What a journal needs from outside.
 *
 * @param signer signs checkpoints
 * @param clock for entries and checkpoints
 * @param segmentOctets a file that is longer is continued in the next
 * @param checkpointEntries so many entries get a checkpoint at the latest
 * @param checkpointAge so old an entry without a checkpoint gets at most
 * @param space how much room is left
 * @param steps hears of each step
 * @param orders says whether an order to erase is one
 */
public record Surroundings(
    CheckpointSigner signer,
    Clock clock,
    long segmentOctets,
    int checkpointEntries,
    Duration checkpointAge,
    SpaceLeft space,
    Steps steps,
    OrderSignatures orders) {
  private static final long SEGMENT = 64L << 20;
  private static final int CHECKPOINT_ENTRIES = 1024;
  private static final Duration CHECKPOINT_AGE = Duration.ofMinutes(1);

  /** How many octets may still be written. */
  @FunctionalInterface
  public interface SpaceLeft {
    long octets() throws IOException;
  }

  /** Hears of each step of a journal; what it throws ends the journal there. */
  @FunctionalInterface
  public interface Steps {
    void done(Step step) throws IOException;
  }

  /**
   * Files of 64 MiB in that directory; a checkpoint each 1024 entries and each minute; nobody may
   * order an erasure.
   */
  public static Surroundings of(Path directory, CheckpointSigner signer, Clock clock) {
    return new Surroundings(
        signer,
        clock,
        SEGMENT,
        CHECKPOINT_ENTRIES,
        CHECKPOINT_AGE,
        directory.toFile()::getUsableSpace,
        _ -> {},
        OrderSignatures.NONE);
  }

  /** This, with those who may order an erasure. */
  public Surroundings with(OrderSignatures orderedBy) {
    return new Surroundings(
        signer, clock, segmentOctets, checkpointEntries, checkpointAge, space, steps, orderedBy);
  }
}
