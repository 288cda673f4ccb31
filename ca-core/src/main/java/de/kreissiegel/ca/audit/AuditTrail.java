package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.util.Optional;

/** Where events are written, in the transaction of what they tell of: no record, no commit. */
public interface AuditTrail {
  /**
   * Appends an event to this node's chain, as the last act of the transaction.
   *
   * @param action what, as {@code request.approved}
   * @param tenant for which tenant; empty for the system's own affairs
   * @param object of what, as {@code request:…} or {@code certificate:people/0a1b…}
   * @param detail how and why; no secret, at most 2000 characters (more is cut)
   */
  void append(
      Transaction transaction,
      Actor actor,
      String action,
      Optional<TenantId> tenant,
      String object,
      String detail);
}
