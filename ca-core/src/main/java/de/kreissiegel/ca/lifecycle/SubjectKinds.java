package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.subject.SubjectKind;
import java.util.Optional;

/** What kind of subject a request was for: the directory may no longer know it. */
public interface SubjectKinds {
  Optional<SubjectKind> ofRequest(RequestId request);
}
