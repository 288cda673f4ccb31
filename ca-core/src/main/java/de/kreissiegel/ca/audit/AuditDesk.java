package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.access.Actor;
import java.util.List;

/** The auditor's door: reads, changes nothing. */
public final class AuditDesk {
  /**
   * Events of the tenants that the actor may audit, and of the system's own affairs for auditors.
   */
  public List<AuditEvent> read(Actor actor, AuditQuery query) {
    throw new UnsupportedOperationException();
  }
}
