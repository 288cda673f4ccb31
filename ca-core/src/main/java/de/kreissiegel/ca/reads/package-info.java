/**
 * Who looked at whose data, for the data protection officer (Art. 39 GDPR). In come the events
 * {@code person.read} of the audit trail; out go pages of them, and how many each reader left. Who
 * reads here is read about, too.
 */
package de.kreissiegel.ca.reads;
