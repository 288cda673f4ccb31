package de.kreissiegel.ca.reads;

import de.kreissiegel.ca.audit.AuditEvent;

/**
 * Somebody looked at something.
 *
 * @param event the event that tells of it
 * @param about the name in what was looked at, as it stands there; empty for a list, where it was
 *     erased, and of what is gone
 */
public record ReadEntry(AuditEvent event, String about) {}
