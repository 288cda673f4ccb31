package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whether there is somebody who could be written to, as letters will look for them. */
final class Reachable {
  private final SubjectDirectory directory;

  /** One person may answer for many devices. */
  private final Map<SubjectId, Boolean> people = new HashMap<>();

  /** For one look; what it learns doesn't last. */
  Reachable(SubjectDirectory directory) {
    this.directory = directory;
  }

  boolean is(SubjectId holder) throws DirectoryUnavailable {
    Optional<Subject> found = directory.find(holder);
    if (found.isEmpty()) {
      return false;
    }
    if (found.get().kind() == SubjectKind.PERSON) {
      return hasAddress(found.get());
    }
    for (SubjectId one : found.get().responsible()) {
      if (person(one)) {
        return true;
      }
    }
    return false;
  }

  private boolean person(SubjectId id) throws DirectoryUnavailable {
    Boolean known = people.get(id);
    if (known == null) {
      known = directory.find(id).filter(Reachable::hasAddress).isPresent();
      people.put(id, known);
    }
    return known;
  }

  private static boolean hasAddress(Subject one) {
    return one.enabled() && one.mail().isPresent();
  }
}
