package de.kreissiegel.ca.policyset;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;

/**
 * Something that is done against a rule of the calendar, for a time.
 *
 * @param appliesTo names of authorities and profiles
 * @param reason why, in words
 * @param owner who answers for it
 * @param until the last day on which such certificates are made, UTC
 */
public record PolicyException(
    CalendarRule rule, Set<String> appliesTo, String reason, String owner, LocalDate until) {
  public PolicyException {
    appliesTo = Set.copyOf(appliesTo);
  }

  /** The first moment at which it isn't heard any more. */
  public Instant over() {
    return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Who answers for it until when, and why. */
  public String sentence(Locale language) {
    return language.getLanguage().equals("de")
        ? "Ausnahme bis %s, verantwortet von %s: %s".formatted(until, owner, reason)
        : "Exception until %s, answered for by %s: %s".formatted(until, owner, reason);
  }
}
