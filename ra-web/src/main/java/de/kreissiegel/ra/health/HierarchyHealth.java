package de.kreissiegel.ra.health;

import de.kreissiegel.ca.hierarchy.CalendarWarning;
import de.kreissiegel.ca.hierarchy.HierarchyCalendar;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down if a key that should exist doesn't, or an algorithm is over; says what is to be done. */
public final class HierarchyHealth implements HealthIndicator {
  private final Supplier<HierarchyCalendar> calendar;

  public HierarchyHealth(Supplier<HierarchyCalendar> calendar) {
    this.calendar = calendar;
  }

  @Override
  public Health health() {
    HierarchyCalendar now = calendar.get();
    boolean urgent = now.warnings().stream().anyMatch(CalendarWarning::urgent);
    Health.Builder health = urgent ? Health.down() : Health.up();
    if (!now.warnings().isEmpty()) {
      health.withDetail(
          "warnings",
          now.warnings().stream()
              .map(warning -> warning.sentence(Locale.ENGLISH))
              .collect(Collectors.joining(" ")));
    }
    now.entries().stream()
        .filter(entry -> entry.generation() > 0)
        .findFirst()
        .ifPresent(
            next ->
                health.withDetail(
                    "next",
                    "%s %s %d %s"
                        .formatted(
                            next.time(),
                            next.about(),
                            next.generation(),
                            next.sentence(Locale.ENGLISH))));
    return health.build();
  }
}
