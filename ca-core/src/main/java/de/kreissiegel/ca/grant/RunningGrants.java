package de.kreissiegel.ca.grant;

import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;
import java.util.List;

/** The grants that somebody has now. */
@FunctionalInterface
public interface RunningGrants {
  /** Nobody stands in for anybody. */
  RunningGrants NONE = (_, _) -> List.of();

  /** Those that hold at that time, what ends first first. */
  List<Grant.InForce> of(SubjectId person, Instant now);
}
