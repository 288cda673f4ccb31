package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who said something, and when.
 *
 * @param name for display, as it was then
 */
public record Said(SubjectId by, String name, Instant at) {
  /** By this person, now. */
  public static Said now(Actor.Person person, Clock clock) {
    return new Said(
        person.id(), person.displayName(), clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
