package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;
import java.util.Optional;

/**
 * Who did something, and when.
 *
 * @param name for display, as it was then; empty if it was erased
 */
public record Said(SubjectId by, Optional<String> name, Instant at) {
  static Said by(Actor.Person person, Instant at) {
    return new Said(person.id(), Optional.of(person.displayName()), at);
  }
}
