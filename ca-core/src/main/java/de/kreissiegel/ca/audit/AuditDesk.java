package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import java.util.List;

/** The auditor's door: reads, and changes nothing but that it was read. */
public final class AuditDesk {
  private final AuditBook book;
  private final ReadLog reads;

  public AuditDesk(AuditBook book, ReadLog reads) {
    this.book = book;
    this.reads = reads;
  }

  /**
   * Events of the tenants that the actor may audit, and of the system's own affairs for auditors;
   * nothing for anybody else. That they were read is noted.
   */
  public List<AuditEvent> read(Actor actor, AuditQuery query) {
    var tenants = AccessRules.scope(actor, Action.READ_AUDIT);
    List<AuditEvent> found = tenants.isEmpty() ? List.of() : book.search(tenants, query);
    reads.listed(actor, query.tenant(), "audit", query, found.size());
    return found;
  }
}
