package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import java.util.List;

/** The auditor's door: reads, changes nothing. */
public final class AuditDesk {
  private final AuditBook book;

  public AuditDesk(AuditBook book) {
    this.book = book;
  }

  /**
   * Events of the tenants that the actor may audit, and of the system's own affairs for auditors;
   * nothing for anybody else.
   */
  public List<AuditEvent> read(Actor actor, AuditQuery query) {
    var tenants = AccessRules.scope(actor, Action.READ_AUDIT);
    return tenants.isEmpty() ? List.of() : book.search(tenants, query);
  }
}
