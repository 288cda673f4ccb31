package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.Set;

/** The requests that are not at their end, as far as a departure concerns them. */
public interface OpenRequests {
  /** The subjects of such requests. */
  Set<SubjectId> subjects();

  /** Refuses those of a subject, with this cause as the reason. */
  void refuse(Actor.Component component, SubjectId subject, String cause);

  /** Those of the registration desk. */
  static OpenRequests of(RegistrationDesk desk) {
    return new OpenRequests() {
      @Override
      public Set<SubjectId> subjects() {
        return desk.subjectsWithOpenRequests();
      }

      @Override
      public void refuse(Actor.Component component, SubjectId subject, String cause) {
        desk.subjectLeft(component, subject, cause);
      }
    };
  }
}
