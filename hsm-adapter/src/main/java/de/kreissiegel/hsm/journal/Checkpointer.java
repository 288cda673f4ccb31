package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.hsm.tree.HashTree;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a checkpoint is due, and sees that it comes: each so many entries, and so long after
 * the first entry without one at most. If one can't be signed, or there is no room for it, nothing
 * more is written until that works again. One thread at a time.
 */
final class Checkpointer implements AutoCloseable {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final CheckpointLog log;
  private final Bytes publicKey;
  private final Surroundings surroundings;
  private @Nullable Instant uncoveredSince;
  private @Nullable Instant triedAt;
  private @Nullable String trouble;

  Checkpointer(CheckpointLog log, Bytes publicKey, Surroundings surroundings) {
    this.log = log;
    this.publicKey = publicKey;
    this.surroundings = surroundings;
  }

  /**
   * There are new entries.
   *
   * @return whether they are the first without a checkpoint
   */
  boolean grown(Instant now) {
    boolean first = uncoveredSince == null;
    if (first) {
      uncoveredSince = now;
    }
    return first;
  }

  /** Covers what is older, or more, than it may be without a checkpoint. */
  void tick(HashTree tree, byte[] head, Instant now) throws IOException {
    if (millisToTick(tree.size(), now) <= 0) {
      cover(tree, head, now);
    }
  }

  /** After how many milliseconds a checkpoint is due; very many if all is covered. */
  long millisToTick(long size, Instant now) {
    if (size == log.content().size()) {
      return Long.MAX_VALUE;
    }
    Instant tried = triedAt;
    if (trouble != null && tried != null) {
      return Duration.between(now, tried.plus(TRY_AGAIN)).toMillis();
    }
    if (size - log.content().size() >= surroundings.checkpointEntries()) {
      return 0;
    }
    Instant since = uncoveredSince;
    return since == null
        ? 0
        : Duration.between(now, since.plus(surroundings.checkpointAge())).toMillis();
  }

  /** Whether the last try didn't work. */
  boolean troubled() {
    return trouble != null;
  }

  /**
   * Tries again what didn't work.
   *
   * @throws JournalStopped if it still doesn't
   */
  void requireWell(HashTree tree, byte[] head, Instant now) throws IOException, JournalStopped {
    if (trouble != null) {
      cover(tree, head, now);
    }
    if (trouble != null) {
      throw new JournalStopped(trouble);
    }
  }

  /** Writes a checkpoint over all entries, if there is none yet. */
  void cover(HashTree tree, byte[] head, Instant now) throws IOException {
    if (tree.size() == log.content().size()) {
      return;
    }
    triedAt = now;
    CheckpointNote note = CheckpointNote.of(publicKey, tree.size(), tree.root(), Bytes.of(head));
    String signed;
    try {
      signed = log.sign(note);
    } catch (IOException noKey) {
      trouble = "the journal's checkpoint can't be signed (" + noKey.getMessage() + ")";
      return;
    }
    surroundings.steps().done(Step.CHECKPOINT_SIGNED);
    try {
      log.write(signed);
    } catch (IOException failed) {
      if (DiskFull.says(failed)) {
        trouble = "the disk that holds the journal is full; make room there, and signing goes on";
        return;
      }
      throw failed;
    }
    surroundings.steps().done(Step.CHECKPOINT_WRITTEN);
    log.sync(note, signed);
    surroundings.steps().done(Step.CHECKPOINT_SYNCED);
    trouble = null;
    uncoveredSince = null;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
