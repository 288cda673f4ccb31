/**
 * The authority as a witness of the vault. In comes the newest checkpoint of each vault's journal,
 * every minute; out goes nothing while they continue each other, or a sentence that says which of
 * them doesn't. What was kept can be exported, so that a third party can hold a journal against it.
 */
package de.kreissiegel.ca.witness;
