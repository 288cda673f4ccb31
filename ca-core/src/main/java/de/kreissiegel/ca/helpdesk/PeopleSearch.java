package de.kreissiegel.ca.helpdesk;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds people of some tenants in the directory. */
final class PeopleSearch {
  private static final int LONGEST_ID = 128;

  private final SubjectDirectory directory;

  PeopleSearch(SubjectDirectory directory) {
    this.directory = directory;
  }

  /** Whose id this is, or whose name, login or mail address has it; in order of their names. */
  List<Subject> find(Set<TenantId> tenants, String text, int atMost) throws Refused {
    Map<SubjectId, Subject> found = new LinkedHashMap<>();
    if (!text.isBlank() && text.length() <= LONGEST_ID) {
      person(tenants, new SubjectId(text)).ifPresent(one -> found.put(one.id(), one));
    }
    try {
      for (TenantId tenant : tenants.stream().sorted().toList()) {
        for (Subject one : directory.search(tenant, SubjectKind.PERSON, text, atMost)) {
          found.putIfAbsent(one.id(), one);
        }
      }
    } catch (DirectoryUnavailable down) {
      throw unavailable();
    }
    return found.values().stream()
        .sorted(Comparator.comparing(Subject::commonName))
        .limit(atMost)
        .toList();
  }

  /** The person of this id, if they work for one of these tenants. */
  Optional<Subject> person(Set<TenantId> tenants, SubjectId id) throws Refused {
    try {
      return directory
          .find(id)
          .filter(one -> one.kind() == SubjectKind.PERSON)
          .filter(one -> one.tenants().stream().anyMatch(tenants::contains));
    } catch (DirectoryUnavailable down) {
      throw unavailable();
    }
  }

  private static Refused unavailable() {
    return new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory can't be asked");
  }
}
