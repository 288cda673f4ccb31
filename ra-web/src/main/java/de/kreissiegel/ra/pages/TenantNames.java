package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What tenants are called. Asks the directory at most every five minutes; while it doesn't answer,
 * the last known names serve, and else the tenant's id.
 */
@Component
class TenantNames {
  private static final Duration EVERY = Duration.ofMinutes(5);

  private final SubjectDirectory directory;
  private final InstantSource clock;
  private volatile Names names = new Names(Map.of(), Instant.EPOCH);

  TenantNames(SubjectDirectory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  String of(TenantId tenant) {
    return fresh().byId().getOrDefault(tenant, tenant.value());
  }

  private Names fresh() {
    var known = names;
    var now = clock.instant();
    if (known.asked().plus(EVERY).isAfter(now)) {
      return known;
    }
    try {
      known =
          new Names(
              directory.tenants().stream().collect(Collectors.toMap(Tenant::id, Tenant::name)),
              now);
    } catch (DirectoryUnavailable _) {
      known = new Names(known.byId(), now);
    }
    names = known;
    return known;
  }

  private record Names(Map<TenantId, String> byId, Instant asked) {}
}
