package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * One search in the inventory. Each tenant's newest are walked in the index and then merged, so
 * that a page costs tenants times page, not all certificates.
 */
final class CertificateSearch {
  private static final String SQL =
      """
      select found.* from unnest(:tenants) as scope (tenant)
      cross join lateral (
        select * from certificate c
        where c.tenant = scope.tenant
          and (cast(:profile as text) is null or c.profile = :profile)
          and %s
          and (cast(:text as text) = '' or c.subject_name ilike :pattern or c.alternative_names ilike :pattern
               or c.serial ilike :serialPattern)
        order by c.not_before desc, c.authority, c.serial
        limit :reach
      ) found
      order by found.not_before desc, found.authority, found.serial
      offset :offset limit :limit
      """;

  private final Set<TenantId> tenants;
  private final CertificateQuery query;
  private final Instant now;

  CertificateSearch(Set<TenantId> scope, CertificateQuery query, Instant now) {
    var both = new HashSet<>(scope);
    query.tenant().ifPresent(only -> both.retainAll(Set.of(only)));
    this.tenants = both;
    this.query = query;
    this.now = now;
  }

  List<StoredCertificate> in(Jdbi jdbi) {
    if (tenants.isEmpty()) {
      return List.of();
    }
    String text = Patterns.storable(query.text()).strip();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SQL.formatted(stateCondition()))
                .bindArray("tenants", String.class, tenants.stream().map(TenantId::value).toList())
                .bind("profile", query.profile().map(ProfileName::value))
                .bind("now", now)
                .bind("text", text)
                .bind("pattern", Patterns.containing(text))
                .bind("serialPattern", Patterns.containing(text.replace(":", "")))
                .bind("reach", (long) query.offset() + query.limit())
                .bind("offset", query.offset())
                .bind("limit", query.limit())
                .map(CertificateRow.MAPPER)
                .list());
  }

  /** The four states that can be asked for are disjoint: what is revoked doesn't expire. */
  private String stateCondition() {
    return query
        .state()
        .map(
            state ->
                switch (state) {
                  case VALID -> "c.state = 'good' and c.not_after >= :now";
                  case ON_HOLD -> "c.state = 'hold' and c.not_after >= :now";
                  case REVOKED -> "c.state = 'revoked'";
                  case EXPIRED -> "c.state <> 'revoked' and c.not_after < :now";
                })
        .orElse("true");
  }
}
