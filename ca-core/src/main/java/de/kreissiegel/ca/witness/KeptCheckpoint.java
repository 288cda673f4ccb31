package de.kreissiegel.ca.witness;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import java.time.Instant;
import java.util.Optional;

/**
 * A checkpoint that a vault gave out, and that we keep.
 *
 * @param signer which vault
 * @param checkpoint what it said
 * @param keptAt when we heard it
 * @param peaks {@link de.kreissiegel.hsm.tree.HashTree#peaks} of the entries that we read up to
 *     there, whose root is the checkpoint's; empty if not all of them were read yet
 */
public record KeptCheckpoint(
    String signer, SignedCheckpoint checkpoint, Instant keptAt, Optional<Bytes> peaks) {}
