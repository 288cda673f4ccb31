package de.kreissiegel.ca.audit;

import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Optional;

/**
 * What is looked for in the trail, newest first.
 *
 * @param text part of actor, action, object or detail; empty for all
 * @param tenant only of this one
 * @param object only of this object, as {@code request:…}
 * @param offset how many to skip, from 0
 * @param limit how many at most, 1 to 500
 */
public record AuditQuery(
    String text, Optional<TenantId> tenant, Optional<String> object, int offset, int limit) {
  public AuditQuery {
    if (offset < 0 || limit < 1 || limit > 500) {
      throw new IllegalArgumentException("offset from 0, limit 1 to 500");
    }
  }
}
