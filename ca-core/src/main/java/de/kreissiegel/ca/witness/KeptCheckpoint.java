package de.kreissiegel.ca.witness;

import de.kreissiegel.hsm.signing.SignedCheckpoint;
import java.time.Instant;

/**
 * A checkpoint that a vault gave out, and that we keep.
 *
 * @param signer which vault
 * @param checkpoint what it said
 * @param keptAt when we heard it
 */
public record KeptCheckpoint(String signer, SignedCheckpoint checkpoint, Instant keptAt) {}
