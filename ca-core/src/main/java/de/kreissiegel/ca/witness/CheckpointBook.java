package de.kreissiegel.ca.witness;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where checkpoints are kept; none is ever changed or taken away. */
public interface CheckpointBook {
  /** The one of a vault that covers most entries. */
  Optional<KeptCheckpoint> newest(String signer);

  /** The same, of those whose entries were read. */
  Optional<KeptCheckpoint> newestFollowed(String signer);

  /** Keeps one; nothing happens if one of that vault and size is there. */
  void keep(KeptCheckpoint checkpoint);

  /** All of a vault, the smallest first. */
  List<KeptCheckpoint> all(String signer);

  /** The vaults of which there are any, by name. */
  List<String> signers();

  /** The journal's public key that was seen first, as SubjectPublicKeyInfo. */
  Optional<Bytes> journalKey(String signer);

  /**
   * Remembers a journal's public key.
   *
   * @return the one that is remembered: this one, or another that was seen before
   */
  Bytes pin(String signer, Bytes publicKey, Instant seenAt);
}
