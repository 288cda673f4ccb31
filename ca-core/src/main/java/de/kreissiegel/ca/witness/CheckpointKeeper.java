package de.kreissiegel.ca.witness;

import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the checkpoints of one vault, and notices when a later one doesn't continue them. */
public final class CheckpointKeeper {
  private static final System.Logger LOG = System.getLogger(CheckpointKeeper.class.getName());

  private final String signer;
  private final VaultDoor vault;
  private final CheckpointBook book;
  private final Clock clock;
  private volatile @Nullable String fault;

  /**
   * @param signer the vault's name
   */
  public CheckpointKeeper(String signer, VaultDoor vault, CheckpointBook book, Clock clock) {
    this.signer = signer;
    this.vault = vault;
    this.book = book;
    this.clock = clock;
  }

  /** Asks for the newest one and keeps it. A job's method, for any node. */
  public void look() throws SigningUnavailable {
    SignedCheckpoint heard = vault.checkpoint();
    Optional<KeptCheckpoint> newest = book.newest(signer);
    if (newest.isPresent() && !continues(newest.get().checkpoint(), heard)) {
      return;
    }
    book.keep(new KeptCheckpoint(signer, heard, clock.instant()));
  }

  /** What is wrong, for the health; it stays until people have looked. Never waits. */
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  private boolean continues(SignedCheckpoint kept, SignedCheckpoint heard) {
    if (heard.size() == kept.size() && heard.head().equals(kept.head())) {
      return false; // nothing new
    }
    if (heard.size() > kept.size()) {
      return true;
    }
    String sentence =
        "the journal of %s has a checkpoint of %d entries, one of %d was kept before"
            .formatted(signer, heard.size(), kept.size());
    if (fault == null) {
      LOG.log(Level.ERROR, sentence);
    }
    fault = sentence;
    return false;
  }
}
