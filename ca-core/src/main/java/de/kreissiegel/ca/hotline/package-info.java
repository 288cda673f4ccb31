/**
 * Revocation by phone. A person has the house make a code for them and keeps it; who answers the
 * phone types name and code, and may then put the caller's certificates on hold or revoke them.
 * What becomes of a certificate is {@link de.kreissiegel.ca.revocation}'s, who may answer is {@link
 * de.kreissiegel.ca.access}'s. No code is in a log, in the audit trail, or stored but as a hash.
 */
package de.kreissiegel.ca.hotline;
