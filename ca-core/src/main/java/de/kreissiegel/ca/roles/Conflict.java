package de.kreissiegel.ca.roles;

import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The directory gives, or gave, somebody offices that exclude each other.
 *
 * @param person who
 * @param name for display, as it was then
 * @param offices which
 * @param since when it was first seen
 * @param ended when it was first seen to be over; empty while it lasts
 */
public record Conflict(
    SubjectId person, String name, Set<Office> offices, Instant since, Optional<Instant> ended) {
  public Conflict {
    offices = Set.copyOf(offices);
  }
}
