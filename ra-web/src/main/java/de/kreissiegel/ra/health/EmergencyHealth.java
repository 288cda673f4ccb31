package de.kreissiegel.ra.health;

import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.breakglass.SealedCode;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down once somebody came in by emergency codes, until somebody else has looked into it. */
public final class EmergencyHealth implements HealthIndicator {
  private final BreakGlass breakGlass;

  public EmergencyHealth(BreakGlass breakGlass) {
    this.breakGlass = breakGlass;
  }

  @Override
  public Health health() {
    List<SealedCode> alarms = breakGlass.alarms();
    return alarms.isEmpty()
        ? Health.up().build()
        : Health.down()
            .withDetail(
                "used",
                alarms.stream()
                    .map(code -> "code " + code.number() + " at " + code.usedAt().orElseThrow())
                    .collect(Collectors.joining(", ")))
            .withDetail("remedy", "./kreissiegel break-glass acknowledge")
            .build();
  }
}
