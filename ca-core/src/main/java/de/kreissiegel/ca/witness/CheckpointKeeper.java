package de.kreissiegel.ca.witness;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.tree.HashTree;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the checkpoints of one vault: those that the journal's key signed, that cover the entries
 * which the vault shows, and that continue the ones before. Another is not kept; it becomes an
 * event of the audit trail, and a sentence for the health.
 */
public final class CheckpointKeeper {
  private static final System.Logger LOG = System.getLogger(CheckpointKeeper.class.getName());
  private static final Actor.Component SELF = new Actor.Component("witness");
  private static final KeyId JOURNAL = new KeyId("journal");

  private final String signer;
  private final VaultDoor vault;
  private final Records records;
  private final Optional<Bytes> configuredKey;
  private final Clock clock;
  private @Nullable JournalFollower follower;
  private volatile @Nullable String fault;
  private @Nullable String told;

  /** Where it writes. */
  public record Records(CheckpointBook book, Transactions transactions, AuditTrail audit) {}

  /**
   * @param signer the vault's name
   * @param configuredKey the journal's public key, as SubjectPublicKeyInfo; without one the first
   *     that the vault names is remembered for good
   */
  public CheckpointKeeper(
      String signer, VaultDoor vault, Records records, Optional<Bytes> configuredKey, Clock clock) {
    this.signer = signer;
    this.vault = vault;
    this.records = records;
    this.configuredKey = configuredKey;
    this.clock = clock;
  }

  /** Asks for the newest one, verifies it and keeps it. A job's method, for any node. */
  public synchronized void look() throws SigningUnavailable {
    SignedCheckpoint heard = vault.checkpoint();
    Optional<Bytes> key = key();
    if (key.isEmpty()) {
      refuse("the vault " + signer + " names no key of its journal");
      return;
    }
    Optional<CheckpointNote> note = CheckpointNote.read(heard.note(), key.get());
    if (note.isEmpty()) {
      refuse(notSigned(key.get()));
    } else if (note.get().size() != heard.size() || !note.get().head().equals(heard.head())) {
      refuse("the vault " + signer + " says something else than the checkpoint that it signed");
    } else if (isNew(note.get(), key.get())) {
      hold(heard, note.get());
    }
  }

  /** What is wrong, for the health; it stays until people have looked. Never waits. */
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  private Optional<Bytes> key() throws SigningUnavailable {
    if (configuredKey.isPresent()) {
      return configuredKey;
    }
    Optional<Bytes> pinned = records.book().journalKey(signer);
    return pinned.isPresent()
        ? pinned
        : namedKey().map(named -> records.book().pin(signer, named, clock.instant()));
  }

  private Optional<Bytes> namedKey() throws SigningUnavailable {
    return vault.keys().stream()
        .filter(key -> key.id().equals(JOURNAL))
        .map(VaultKey::publicKey)
        .findFirst();
  }

  private String notSigned(Bytes key) throws SigningUnavailable {
    boolean other = namedKey().filter(named -> !named.equals(key)).isPresent();
    return other
        ? "the journal of %s has another key than the one that is known of it".formatted(signer)
        : "a checkpoint of %s is not signed by the journal's key".formatted(signer);
  }

  private boolean isNew(CheckpointNote heard, Bytes key) {
    Optional<SignedCheckpoint> newest =
        records.book().newest(signer).map(KeptCheckpoint::checkpoint);
    if (newest.isEmpty() || heard.size() > newest.get().size()) {
      return true;
    }
    if (heard.size() < newest.get().size()) {
      refuse(
          "the journal of %s has a checkpoint of %d entries, one of %d was kept before"
              .formatted(signer, heard.size(), newest.get().size()));
      return false;
    }
    Optional<CheckpointNote> kept = CheckpointNote.read(newest.get().note(), key);
    boolean same =
        heard.head().equals(newest.get().head())
            && kept.map(CheckpointNote::root).map(heard.root()::equals).orElse(true);
    if (!same) {
      refuse(
          "the journal of %s has another checkpoint of %d entries than was kept before"
              .formatted(signer, heard.size()));
    }
    return false;
  }

  private void hold(SignedCheckpoint heard, CheckpointNote note) throws SigningUnavailable {
    switch (follower(note.size()).follow(note)) {
      case JournalFollower.Fits(Bytes peaks) -> keep(heard, Optional.of(peaks));
      case JournalFollower.Behind _ -> keep(heard, Optional.empty());
      case JournalFollower.Differs(String sentence) -> {
        follower = null;
        refuse(
            "a checkpoint of %s over %d entries doesn't fit its journal: %s"
                .formatted(signer, note.size(), sentence));
      }
    }
  }

  /** Goes on where any node has come to. */
  private JournalFollower follower(long size) {
    JournalFollower going = follower;
    Optional<KeptCheckpoint> followed = records.book().newestFollowed(signer);
    long known = followed.map(kept -> kept.checkpoint().size()).orElse(0L);
    if (going == null || going.size() < known || going.size() > size) {
      going =
          new JournalFollower(
              vault,
              followed
                  .map(kept -> HashTree.of(known, kept.peaks().orElseThrow()))
                  .orElseGet(HashTree::new));
      follower = going;
    }
    return going;
  }

  private void keep(SignedCheckpoint heard, Optional<Bytes> peaks) {
    records.book().keep(new KeptCheckpoint(signer, heard, clock.instant(), peaks));
  }

  private void refuse(String sentence) {
    fault = sentence;
    if (sentence.equals(told)) {
      return;
    }
    LOG.log(Level.ERROR, sentence);
    records
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              records
                  .audit()
                  .append(
                      transaction,
                      SELF,
                      "vault.checkpoint-refused",
                      Optional.empty(),
                      "signer:" + signer,
                      sentence);
              return true;
            });
    told = sentence;
  }
}
