package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.VaultHealth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The journal of an open vault. Safe for use by many threads. */
public final class Journal implements AutoCloseable {
  private final JournalIndex index;
  private final EntryReader reader;
  private final CommitQueue queue;
  private final CheckpointLog checkpoints;
  private final ErasureDesk erasures;
  private final Surroundings surroundings;

  private Journal(
      JournalIndex index,
      EntryReader reader,
      CommitQueue queue,
      CheckpointLog checkpoints,
      ErasureDesk erasures,
      Surroundings surroundings) {
    this.index = index;
    this.reader = reader;
    this.queue = queue;
    this.checkpoints = checkpoints;
    this.erasures = erasures;
    this.surroundings = surroundings;
  }

  /** Makes an empty journal in an empty directory. */
  public static void create(Path directory, Bytes publicKey, Surroundings surroundings)
      throws IOException {
    CheckpointLog.create(directory, publicKey, surroundings);
  }

  /**
   * Reads a journal from end to end and continues it.
   *
   * @param publicKey the journal's, as SubjectPublicKeyInfo; kept apart from the journal
   * @throws JournalDamaged if it isn't as it was left; the message names the entry
   */
  public static Journal open(Path directory, Bytes publicKey, Surroundings surroundings)
      throws IOException, JournalDamaged {
    if (Segments.ofVersion1(directory)) {
      throw new JournalDamaged(JournalDamaged.VERSION_1);
    }
    Erasure.tidy(directory);
    CheckpointLog log = CheckpointLog.open(directory, publicKey, surroundings);
    try {
      return open(directory, publicKey, surroundings, log);
    } catch (IOException | JournalDamaged | RuntimeException failed) {
      log.close();
      throw failed;
    }
  }

  private static Journal open(
      Path directory, Bytes publicKey, Surroundings surroundings, CheckpointLog log)
      throws IOException, JournalDamaged {
    JournalIndex index = new JournalIndex(System.nanoTime());
    JournalRecovery.Found found =
        JournalRecovery.run(
            directory, log.content(), index, beforeFirst(publicKey), surroundings.orders());
    JournalState state = found.state();
    EntryReader reader = new EntryReader(directory, index);
    Erasure erasure = new Erasure(directory, index, reader, surroundings.steps());
    carryOut(erasure, found.pending());
    Checkpointer checkpointer = new Checkpointer(log, publicKey, surroundings);
    checkpointer.cover(state.tree(), state.head().toArray(), surroundings.clock().instant());
    Committer committer = new Committer(directory, surroundings, index, checkpointer, state);
    CommitQueue queue = CommitQueue.start(committer);
    ErasureDesk erasures =
        new ErasureDesk(directory, index, reader, queue, erasure, surroundings, publicKey);
    return new Journal(index, reader, queue, log, erasures, surroundings);
  }

  private static void carryOut(Erasure erasure, Map<Long, BitSet> pending)
      throws IOException, JournalDamaged {
    try {
      erasure.carryOut(pending);
    } catch (BrokenFrame changed) {
      throw new JournalDamaged("a file of the journal changed while it was read");
    }
  }

  /** What the first entry carries as the hash of the one before. */
  static Bytes beforeFirst(Bytes publicKey) {
    return Digests.sha256(publicKey.toArray());
  }

  /**
   * Writes an entry; returns when it is on disk. OCSP answers that come at the same time share an
   * entry, which their requests' ids are not remembered by; their signatures are not kept.
   *
   * @throws JournalStopped if it couldn't be written: the signature must not leave
   * @throws IllegalArgumentException if it is too large, more than 4 MiB
   */
  public Signed append(Draft draft) throws JournalStopped {
    return queue.append(draft);
  }

  /** What was signed for a request; of OCSP answers and refusals nothing is found. */
  public Optional<Found> find(UUID request) throws IOException {
    for (long number : index.candidates(request)) {
      JournalEntry entry = reader.read(number);
      if (entry.request().equals(request)) {
        return Optional.of(
            new Found(entry.key(), entry.structure(), entry.digest(), entry.signed()));
      }
    }
    return Optional.empty();
  }

  /** What was journalled for a request. */
  public record Found(KeyId key, SignedStructure structure, Bytes digest, Signed signed) {}

  /**
   * Claims something for ever; false if it was claimed before.
   *
   * @param claim a digest, of at least 16 octets
   */
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

  /** Tells everything that was signed, from the first to the last; of OCSP answers nothing. */
  public void recall(Consumer<Recalled> listener) throws IOException {
    reader.each(
        entry -> {
          if (entry.remembered()) {
            listener.accept(entry.recalled());
          }
        });
  }

  /** The newest checkpoint; whoever keeps it finds a journal that was cut or rewritten. */
  public SignedCheckpoint checkpoint() {
    return checkpoints.newest();
  }

  /** How it is. */
  public VaultHealth.JournalState state() {
    String trouble = queue.trouble();
    if (trouble.isEmpty()) {
      try {
        trouble = Committer.hasRoom(surroundings) ? "" : "the disk that holds the journal is full";
      } catch (IOException unknown) {
        trouble = "nobody knows how much room the journal has (" + unknown.getMessage() + ")";
      }
    }
    return new VaultHealth.JournalState(
        index.size(), checkpoints.newest().size(), trouble.isEmpty(), trouble);
  }

  /**
   * Says which bodies may go; nothing is changed. The next entry begins a new file, so that what
   * was planned can be erased.
   *
   * @param before what ended earlier goes
   * @param takenIn entries from this number on stay: the authority hasn't taken them in yet
   * @param rules what the journal alone can't tell
   */
  public ErasurePlan planErasure(
      Set<RetentionClass> classes, Instant before, long takenIn, ErasureRules rules)
      throws IOException {
    return erasures.plan(
        new ErasurePlanner.Terms(
            classes, Instant.ofEpochMilli(before.toEpochMilli()), takenIn, rules));
  }

  /**
   * Drops the bodies that an order names. First an entry says so and is on disk; then the files are
   * written anew. After a crash in between, the next start completes it.
   *
   * @param signature of the ceremony's key over the order
   * @param takenIn as of {@link #planErasure}
   * @param rules as of {@link #planErasure}; what they don't let go isn't erased, whoever orders it
   * @param policy SHA-256 of the policy of the key that ordered it
   * @return how many bodies were dropped
   * @throws SigningRefused if the ceremony's key didn't sign it, it is for another journal, or not
   *     over just the entries that may go now
   * @throws JournalStopped if the order can't be journalled: nothing was dropped
   */
  public long erase(
      ErasureOrder order, Bytes signature, long takenIn, ErasureRules rules, Bytes policy)
      throws IOException, SigningRefused, JournalStopped {
    return erasures.erase(order, signature, takenIn, rules, policy);
  }

  /** How many octets of memory the index takes. */
  long indexOctets() {
    return index.octets();
  }

  /** Waits for what is being written, and covers it by a checkpoint. */
  @Override
  public void close() {
    queue.close();
  }
}
