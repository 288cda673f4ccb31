package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.journal.RetentionClass;
import java.time.LocalDate;
import java.time.Period;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long what the journal holds of each class is kept, under {@code retention} in the plan: words
 * of {@link RetentionClass} with periods (ISO 8601).
 */
record RetentionPlan(Map<RetentionClass, Period> periods) {
  RetentionPlan {
    periods = Map.copyOf(periods);
  }

  static RetentionPlan read(YamlNode plan) throws CeremonyFailed {
    YamlNode retention = plan.child("retention");
    Map<RetentionClass, Period> periods = new EnumMap<>(RetentionClass.class);
    for (String word : retention.names()) {
      RetentionClass one =
          RetentionClass.ofWord(word)
              .orElseThrow(
                  () -> new IllegalArgumentException("there is no retention class " + word));
      Period period = Period.parse(retention.text(word));
      if (period.isNegative() || period.isZero()) {
        throw new IllegalArgumentException("nothing is kept for " + period);
      }
      periods.put(one, period);
    }
    return new RetentionPlan(periods);
  }

  /**
   * Before which day all of these classes must have ended to be erased; empty if none is planned.
   */
  Optional<LocalDate> latest(Set<RetentionClass> classes, LocalDate today) {
    return classes.stream()
        .map(periods::get)
        .filter(period -> period != null)
        .map(today::minus)
        .min(LocalDate::compareTo);
  }

  /** Whether each of them has a period. */
  boolean covers(Set<RetentionClass> classes) {
    return periods.keySet().containsAll(classes);
  }
}
