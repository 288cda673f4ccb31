package de.kreissiegel.hsm.signing;

/**
 * What was decrypted, and where the journal holds the receipt.
 *
 * @param octets in clear; the caller wipes what it makes of them
 * @param journalIndex the receipt's entry, counted from 0
 * @param entryHash that entry's hash
 */
public record Released(Bytes octets, long journalIndex, Bytes entryHash) {
  /** Never the octets. */
  @Override
  public String toString() {
    return "Released[journalIndex=" + journalIndex + "]";
  }
}
