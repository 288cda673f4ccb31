package de.kreissiegel.ra.health;

import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.roles.Conflict;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down as long as the directory gives somebody offices that exclude each other. */
public final class RoleConflictHealth implements HealthIndicator {
  private final Supplier<List<Conflict>> conflicts;

  public RoleConflictHealth(Supplier<List<Conflict>> conflicts) {
    this.conflicts = conflicts;
  }

  @Override
  public Health health() {
    List<Conflict> lasting = conflicts.get();
    return lasting.isEmpty()
        ? Health.up().build()
        : Health.down()
            .withDetail(
                "people",
                lasting.stream()
                    .map(
                        one ->
                            one.person()
                                + ": "
                                + one.offices().stream()
                                    .sorted()
                                    .map(Office::name)
                                    .collect(Collectors.joining("+")))
                    .collect(Collectors.joining(", ")))
            .withDetail("remedy", "take one of each's groups away in the directory")
            .build();
  }
}
