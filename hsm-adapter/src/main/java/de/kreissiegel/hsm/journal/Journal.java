package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The journal of an open vault. Safe for use by many threads. */
public final class Journal implements AutoCloseable {
  private final JournalIndex index;
  private final EntryReader reader;
  private final CommitQueue queue;

  private Journal(JournalIndex index, EntryReader reader, CommitQueue queue) {
    this.index = index;
    this.reader = reader;
    this.queue = queue;
  }

  /** Makes an empty journal in an empty directory. */
  public static void create(Path directory, Bytes publicKey, Surroundings surroundings)
      throws IOException {
    Checkpoint empty = new Checkpoint(0, beforeFirst(publicKey), surroundings.clock().instant());
    CheckpointFile.create(directory, surroundings.signer(), empty);
  }

  /**
   * Reads a journal from end to end and continues it.
   *
   * @param publicKey the journal's, as SubjectPublicKeyInfo; kept apart from the journal
   * @throws JournalDamaged if it isn't as it was left; the message names the entry
   */
  public static Journal open(Path directory, Bytes publicKey, Surroundings surroundings)
      throws IOException, JournalDamaged {
    CheckpointSlots slots = CheckpointSlots.read(directory, publicKey);
    Checkpoint covered =
        slots
            .newest()
            .orElseThrow(
                () ->
                    new JournalDamaged(
                        "the journal's checkpoint is missing or not signed by the journal's key"));
    JournalIndex index = new JournalIndex();
    JournalState state = JournalRecovery.run(directory, covered, index, beforeFirst(publicKey));
    CheckpointFile checkpoints = CheckpointFile.open(directory, surroundings.signer(), slots);
    if (state.size() > covered.size() || !slots.bothWhole()) {
      Checkpoint found = new Checkpoint(state.size(), state.head(), surroundings.clock().instant());
      checkpoints.write(found);
      checkpoints.write(found);
    }
    Committer committer = new Committer(directory, surroundings, index, checkpoints, state);
    return new Journal(
        index,
        new EntryReader(directory, index),
        CommitQueue.start(committer, surroundings.space()));
  }

  /** What the first entry carries as the hash of the one before. */
  static Bytes beforeFirst(Bytes publicKey) {
    return Digests.sha256(publicKey.toArray());
  }

  /**
   * Writes an entry; returns when it is on disk and covered by a checkpoint.
   *
   * @throws JournalStopped if it couldn't be written: the signature must not leave
   */
  public Signed append(Draft draft) throws JournalStopped {
    return queue.append(draft);
  }

  /** The entry of a request. */
  public Optional<Found> find(UUID request) throws IOException {
    var place = index.indexOf(request);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    JournalEntry entry = reader.read(place.getAsLong());
    return Optional.of(new Found(entry.key(), entry.structure(), entry.digest(), entry.signed()));
  }

  /** What was journalled for a request. */
  public record Found(KeyId key, SignedStructure structure, Bytes digest, Signed signed) {}

  /** Claims something for ever; false if it was claimed before. */
  public boolean claim(Bytes claim) {
    return index.claim(claim);
  }

  /** Takes a claim back whose entry was not written. */
  public void release(Bytes claim) {
    index.release(claim);
  }

  /**
   * Entries from there on, together not much over {@code octets} of kept octets, at least one if
   * there is any.
   */
  public List<JournalRecord> read(long from, int atMost, long octets) throws IOException {
    return reader.read(from, atMost, octets);
  }

  /** Waits for what is being written. */
  @Override
  public void close() {
    queue.close();
  }
}
