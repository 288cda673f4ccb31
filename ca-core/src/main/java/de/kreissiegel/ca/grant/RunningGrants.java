package de.kreissiegel.ca.grant;

import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;
import java.util.List;

/** The grants that somebody has now. */
@FunctionalInterface
public interface RunningGrants {
  /** Nobody stands in for anybody. */
  RunningGrants NONE = (_, _) -> List.of();

  /** Those by which they stand in and that hold at that time, what ends first first. */
  List<Grant.InForce> of(SubjectId person, Instant now);

  /** All that hold at that time, those by which they read as well; what ends first first. */
  default List<Grant.InForce> all(SubjectId person, Instant now) {
    return of(person, now);
  }
}
