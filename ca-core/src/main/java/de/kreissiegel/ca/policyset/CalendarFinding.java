package de.kreissiegel.ca.policyset;

import java.util.Locale;
import java.util.Optional;

/**
 * What the calendar says of a use.
 *
 * @param outcome what follows
 * @param exception the one that is heard; only with {@link Outcome#EXCEPTED}
 */
public record CalendarFinding(
    CalendarRule rule, Outcome outcome, Optional<PolicyException> exception) {
  /** What follows. */
  public enum Outcome {
    /** It is allowed; its end is near. */
    WARNED,
    /** It is over, but somebody answers for an exception. */
    EXCEPTED,
    /** It is over: no such certificate is made. */
    REFUSED
  }

  /** A sentence with id and source. */
  public String sentence(Locale language) {
    String text = "%s (%s, %s).".formatted(rule.sentence(language), rule.id(), rule.source());
    return exception.map(one -> text + " " + one.sentence(language)).orElse(text);
  }
}
