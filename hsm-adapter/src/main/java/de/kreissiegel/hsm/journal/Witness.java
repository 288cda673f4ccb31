package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;

/**
 * What somebody outside kept of a journal: an entry's number and hash, as a signature's answer
 * carries them.
 */
public record Witness(long index, Bytes entryHash) {}
