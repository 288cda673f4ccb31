package de.kreissiegel.ca.roster;

import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.Set;

/** What a directory says of one subject now. */
public sealed interface Observation {
  SubjectId id();

  /**
   * It is there.
   *
   * @param subject as the directory describes it
   * @param away whether it is absent for long and will return (parental leave, illness): enabled,
   *     but not at work
   * @param keyHolders for a function, the people who have access to its keys besides those
   *     responsible; empty for others
   */
  record Present(Subject subject, boolean away, Set<SubjectId> keyHolders) implements Observation {
    public Present {
      keyHolders = Set.copyOf(keyHolders);
    }

    @Override
    public SubjectId id() {
      return subject.id();
    }
  }

  /**
   * It is not there any more, or is nothing any more that a certificate could name.
   *
   * @param cause how that was seen, in English, as {@code entry deleted}
   */
  record Gone(SubjectId id, String cause) implements Observation {}
}
