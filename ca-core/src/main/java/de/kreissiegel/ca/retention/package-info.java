/**
 * How long what names people is kept, and its erasure (Art. 17 GDPR). In come the rules of the
 * house and the time, out goes what is due; what is erased is told in the audit trail. Serial
 * numbers, facts of status and digests stay: relying parties and auditors need them, and they name
 * nobody.
 */
package de.kreissiegel.ca.retention;
