package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.subject.SubjectId;
import java.util.Set;

/** Who is recorded under several ids. */
@FunctionalInterface
public interface SameHumans {
  /** All ids of whom this one names, by officers' word, itself included. */
  Set<SubjectId> same(SubjectId subject);
}
