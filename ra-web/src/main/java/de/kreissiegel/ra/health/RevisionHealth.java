package de.kreissiegel.ra.health;

import de.kreissiegel.ca.revision.RevisionWatch.Overdue;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down as long as reviews of a period are overdue. */
public final class RevisionHealth implements HealthIndicator {
  private final Supplier<List<Overdue>> overdue;

  public RevisionHealth(Supplier<List<Overdue>> overdue) {
    this.overdue = overdue;
  }

  @Override
  public Health health() {
    List<Overdue> missing = overdue.get();
    return missing.isEmpty()
        ? Health.up().build()
        : Health.down()
            .withDetail(
                "missing",
                missing.stream()
                    .map(
                        one ->
                            one.period().first()
                                + "/"
                                + one.period().after().minusDays(1)
                                + ": "
                                + one.tenants().stream()
                                    .map(tenant -> tenant.map(TenantId::value).orElse("house"))
                                    .collect(Collectors.joining(" ")))
                    .collect(Collectors.joining("; ")))
            .withDetail("remedy", "revisors review and sign off at /revision")
            .build();
  }
}
