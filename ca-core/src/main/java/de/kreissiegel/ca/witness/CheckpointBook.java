package de.kreissiegel.ca.witness;

import java.util.List;
import java.util.Optional;

/** Where checkpoints are kept; none is ever changed or taken away. */
public interface CheckpointBook {
  /** The one of a vault that covers most entries. */
  Optional<KeptCheckpoint> newest(String signer);

  /** Keeps one; nothing happens if one of that vault and size is there. */
  void keep(KeptCheckpoint checkpoint);

  /** All of a vault, the smallest first. */
  List<KeptCheckpoint> all(String signer);
}
