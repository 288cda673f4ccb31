package de.kreissiegel.hsm.signing;

/**
 * A signature, and where the journal holds it.
 *
 * @param signature the octets for the BIT STRING of the signed structure
 * @param journalIndex the journal entry's number, counted from 0
 * @param entryHash that entry's hash; who keeps it can tell later whether the journal was rewritten
 */
public record Signed(Bytes signature, long journalIndex, Bytes entryHash) {}
