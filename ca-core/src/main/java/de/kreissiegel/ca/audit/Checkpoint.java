package de.kreissiegel.ca.audit;

import de.kreissiegel.hsm.signing.AuditHead;
import de.kreissiegel.hsm.signing.Bytes;

/**
 * A head of a chain that the vault has signed.
 *
 * @param head what was signed
 * @param signature the vault's, over {@link AuditHead#encoded()}
 * @param journalIndex where the vault's journal holds it
 */
public record Checkpoint(AuditHead head, Bytes signature, long journalIndex) {}
