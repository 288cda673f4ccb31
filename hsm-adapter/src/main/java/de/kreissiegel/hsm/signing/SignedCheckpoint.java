package de.kreissiegel.hsm.signing;

/**
 * How long the journal was at a time, signed by the journal's key; who keeps it can tell later
 * whether the journal was cut or rewritten.
 *
 * @param size how many entries
 * @param head the last one's hash
 * @param note the signed note (C2SP tlog-checkpoint, signed-note) as it is published
 */
public record SignedCheckpoint(long size, Bytes head, String note) {}
