/**
 * The authority as a witness of the vault. In comes the newest checkpoint of each vault's journal,
 * every minute; it is verified by the journal's key, held against the hashes of the entries that
 * the vault shows (RFC 9162), and against the ones before. Out goes nothing while all of that fits,
 * or an event and a sentence that says what doesn't. What was kept can be exported, so that a third
 * party can hold a journal against it.
 */
package de.kreissiegel.ca.witness;
