/**
 * Passes the audit trail on to a second host, by syslog (RFC 5424) over TLS (RFC 5425): every
 * event, in the order of its chain, at least once. In come the events that were committed, out go
 * lines that name nobody; {@link de.kreissiegel.ca.relay.AuditRelay} is the front door.
 */
package de.kreissiegel.ca.relay;
