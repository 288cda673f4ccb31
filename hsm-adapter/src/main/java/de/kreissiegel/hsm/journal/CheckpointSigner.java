package de.kreissiegel.hsm.journal;

import java.io.IOException;

/** Signs checkpoints with the journal's own key. */
@FunctionalInterface
public interface CheckpointSigner {
  byte[] sign(byte[] checkpoint) throws IOException;
}
