/**
 * The record of everything the vault signed, refused and erased. In comes a draft with its
 * signature, out goes the entry's place, once it is on disk; offline, a report whether a journal is
 * whole, or its entries as JSON lines.
 *
 * <p><b>Files.</b> {@code NNNNNNNNNNNNNNNN.journal}, named by their first entry's number, begin
 * with {@code KSJOURN2} and hold frames: two 32-bit lengths (big-endian), the header, SHA-256 of
 * the header, which is the entry's hash, and the body. The header (DER, {@link
 * de.kreissiegel.hsm.journal.JournalEntry}) carries the hash of the entry before it and the digest
 * of the body, so that the body ({@link de.kreissiegel.hsm.journal.EntryBody}: the octets that were
 * signed, and the evidence) can be dropped one day and the chain still verifies. The first entry's
 * predecessor is SHA-256 of the journal's public key. In the last file zeros may follow: room made
 * ahead. Certificates are kept whole, revocation lists by header and digest. OCSP answers that were
 * journalled at the same time by one key share an entry with their number, the head of a Merkle
 * tree over their digests, and the list of those digests ({@link
 * de.kreissiegel.hsm.journal.AnswerList}); their requests' ids are not remembered.
 *
 * <p><b>Checkpoints.</b> The file {@code checkpoints} holds all of them ({@link
 * de.kreissiegel.hsm.signing.CheckpointNote}), one at least each 1024 entries, each minute with new
 * ones, at the end of each file and at close. Their root is the head of a Merkle tree over the
 * entries' hashes and not the last hash alone: who keeps a checkpoint can be shown that an entry
 * stands under it by a handful of hashes, without the names in the others. It costs two short
 * digests an entry, after the answer was given, and 32 octets of state for each bit of the size.
 *
 * <p><b>Crash.</b> An entry is synced before its signature leaves; its checkpoint comes later. So
 * whole entries behind the last checkpoint stay at the next start; half ones were never released
 * and go. A fault before the last checkpoint stops the start. That entries behind the last
 * checkpoint were taken away, only a witness can tell: each answer carries its entry's hash, and
 * the authority keeps checkpoints.
 *
 * <p><b>Memory.</b> An entry with a claim takes at most 54 octets of the index, another at most 23,
 * a list of answers half an octet.
 *
 * <p><b>Erasure.</b> {@link de.kreissiegel.hsm.journal.ErasureOrder}, which the ceremony's key
 * signed: an entry tells of it ({@code ErasureRecord}) before a file is written anew without the
 * bodies that it names. The old file's blocks are given back to the disk, not overwritten: that is
 * the disk encryption's matter.
 *
 * <p><b>Export.</b> One JSON object a line: {@code index}, {@code time} (ISO 8601, UTC), {@code
 * happening} ({@code signed}, {@code refused}, {@code erased}), {@code structure}, {@code key},
 * {@code rule} (of a signature the policy's kind, of a refusal the broken rule), {@code count}
 * (signatures in the entry), {@code policy}, {@code digest}, {@code bodyDigest}, {@code previous},
 * {@code hash} (hexadecimal), {@code request} and {@code signature} (base64; not of answers),
 * {@code claim} (where there is one), {@code erased}; and unless that is so {@code kept} (base64),
 * {@code certificate} ({@code issuer}, {@code serial} in hexadecimal, {@code subject}, {@code
 * notBefore}, {@code notAfter}), {@code evidence} (a list, its octets in base64), or of answers
 * {@code answers} (a list of {@code request} and {@code digest}). An order and an erasure have
 * {@code order} ({@code classes}, {@code before}, {@code bodies}, {@code orderedBy}, {@code
 * record}, {@code reason}, {@code entries}, {@code head}, {@code selection}), an erasure also
 * {@code files} (a list of {@code first} and {@code bodies}).
 *
 * <p>A journal of version 1 is recognised and left alone.
 */
package de.kreissiegel.hsm.journal;
