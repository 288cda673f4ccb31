package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Set;

/** The requests that are not at their end, as far as the directory concerns them. */
public interface OpenRequests {
  /** Refuses those of a subject, with this cause as the reason. */
  void refuse(Actor.Component component, SubjectId subject, String cause);

  /** Refuses those of a subject for these tenants. */
  void refuse(Actor.Component component, SubjectId subject, Set<TenantId> tenants, String cause);

  /** Those of the registration desk. */
  static OpenRequests of(RegistrationDesk desk) {
    return new OpenRequests() {
      @Override
      public void refuse(Actor.Component component, SubjectId subject, String cause) {
        desk.subjectLeft(component, subject, cause);
      }

      @Override
      public void refuse(
          Actor.Component component, SubjectId subject, Set<TenantId> tenants, String cause) {
        desk.subjectLeft(component, subject, tenants, cause);
      }
    };
  }
}
