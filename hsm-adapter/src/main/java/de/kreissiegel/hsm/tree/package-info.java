/**
 * The Merkle tree over a journal's entries (RFC 9162 §2.1): hashes of leaves come in, the head goes
 * out. The journal grows one to sign its checkpoints, and its witnesses grow another to compare.
 */
package de.kreissiegel.hsm.tree;
