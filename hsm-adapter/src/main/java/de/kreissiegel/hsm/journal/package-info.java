/**
 * The record of every signature. In comes what was signed with its signature, out goes the entry's
 * place, once it is on disk; offline, a report whether a journal is whole.
 *
 * <p>Files {@code NNNNNNNNNNNNNNNN.journal}, named by their first entry's number, hold frames: two
 * 32-bit lengths (big-endian), the entry's body, the octets that were signed where they are kept,
 * and SHA-256 of the body, which is the entry's hash. The body (DER, see {@link
 * de.kreissiegel.hsm.journal.JournalEntry}) carries the hash of the entry before it and SHA-256 of
 * what was signed, so that kept octets can be dropped one day and the chain still verifies. The
 * first entry's predecessor is SHA-256 of the journal's public key.
 *
 * <p>A file {@code checkpoint} holds two slots of 512 octets, written in turn: how many entries
 * there are and the last one's hash, signed by the journal's own key. A slot is written after the
 * entries were synced and is synced itself before a signature leaves. So an entry that no
 * checkpoint covers was never released, and a released one that is missing is noticed.
 */
package de.kreissiegel.hsm.journal;
