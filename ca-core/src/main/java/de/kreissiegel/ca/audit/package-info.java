/**
 * The audit trail: every decision, as one event in a hash-chained log, written in the transaction
 * of what it tells of. The chain's heads are signed by the vault.
 */
package de.kreissiegel.ca.audit;
