package de.kreissiegel.ra.health;

import de.kreissiegel.ca.hierarchy.CalendarWarning;
import de.kreissiegel.ca.hierarchy.HierarchyCalendar;
import de.kreissiegel.ca.superior.SuperiorState;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down if a key that should exist doesn't, an algorithm is over, or the chain to an external
 * superior doesn't hold; says what is to be done. That a superior's CRL can't be fetched is a
 * warning: as long as the one that is here holds, nothing is amiss.
 */
public final class HierarchyHealth implements HealthIndicator {
  private final Supplier<HierarchyCalendar> calendar;
  private final Supplier<List<SuperiorState>> superiors;

  /**
   * @param calendar as of now
   * @param superiors how the fetching of superiors' CRLs goes; none where nothing is fetched
   */
  public HierarchyHealth(
      Supplier<HierarchyCalendar> calendar, Supplier<List<SuperiorState>> superiors) {
    this.calendar = calendar;
    this.superiors = superiors;
  }

  @Override
  public Health health() {
    HierarchyCalendar now = calendar.get();
    boolean urgent = now.warnings().stream().anyMatch(CalendarWarning::urgent);
    Health.Builder health = urgent ? Health.down() : Health.up();
    List<SuperiorState> fetching = superiors.get();
    String warnings =
        Stream.concat(
                now.warnings().stream().map(warning -> warning.sentence(Locale.ENGLISH)),
                sentences(fetching, true))
            .collect(Collectors.joining(" "));
    if (!warnings.isEmpty()) {
      health.withDetail("warnings", warnings);
    }
    String well = sentences(fetching, false).collect(Collectors.joining(" "));
    if (!well.isEmpty()) {
      health.withDetail("superiorCrls", well);
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

  private static Stream<String> sentences(List<SuperiorState> superiors, boolean failing) {
    return superiors.stream()
        .filter(one -> one.failure().isPresent() == failing)
        .map(SuperiorState::sentence);
  }
}
