package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** One search in the trail: each tenant's newest are walked in the index and then merged. */
final class AuditSearch {
  private static final String CONDITIONS =
      """
      and (cast(:object as text) is null or e.object = :object)
      and (cast(:text as text) = '' or e.actor ilike :pattern or e.actor_name ilike :pattern
           or e.action ilike :pattern or e.object ilike :pattern or e.detail ilike :pattern)
      order by e.at desc, e.chain, e.sequence desc
      limit :reach
      """;

  private static final String SQL =
      """
      select found.* from (
        select event.* from unnest(:tenants) as scope (tenant)
        cross join lateral (select * from audit_event e where e.tenant = scope.tenant %s) event
        union all
        (select * from audit_event e where e.tenant is null and :system %s)
      ) found
      order by found.at desc, found.chain, found.sequence desc
      offset :offset limit :limit
      """
          .formatted(CONDITIONS, CONDITIONS);

  private final Set<TenantId> tenants;
  private final AuditQuery query;

  AuditSearch(Set<TenantId> scope, AuditQuery query) {
    var both = new HashSet<>(scope);
    query.tenant().ifPresent(only -> both.retainAll(Set.of(only)));
    this.tenants = both;
    this.query = query;
  }

  List<AuditEvent> in(Jdbi jdbi) {
    String text = Patterns.storable(query.text()).strip();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SQL)
                .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
                .bind("system", query.tenant().isEmpty())
                .bind("object", query.object().map(Patterns::storable))
                .bind("text", text)
                .bind("pattern", Patterns.containing(text))
                .bind("reach", (long) query.offset() + query.limit())
                .bind("offset", query.offset())
                .bind("limit", query.limit())
                .map((row, _) -> JdbcAuditBook.event(row))
                .list());
  }
}
