package de.kreissiegel.ca.hotline;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds who calls, by login or by name, among the people of some tenants. */
final class CallerSearch {
  private static final int LONGEST = 200;
  private static final int MOST = 500;

  private final SubjectDirectory directory;

  CallerSearch(SubjectDirectory directory) {
    this.directory = directory;
  }

  /**
   * Who was found.
   *
   * @param tenant the first of the tenants for which they work
   */
  record Found(Subject person, TenantId tenant) {}

  /**
   * The one person with this login or, if no login is meant, this whole name, with or without
   * title; small and large letters are one. Empty if there is nobody, or several of that name.
   *
   * @throws Refused DIRECTORY_UNAVAILABLE
   */
  Optional<Found> find(Set<TenantId> tenants, String loginOrName) throws Refused {
    String text = loginOrName.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    Map<String, Found> byLogin = new LinkedHashMap<>();
    Map<String, Found> byName = new LinkedHashMap<>();
    for (TenantId tenant : tenants.stream().sorted().toList()) {
      for (Subject person : search(tenant, text)) {
        var found = new Found(person, tenant);
        if (person.login().filter(text::equalsIgnoreCase).isPresent()) {
          byLogin.putIfAbsent(person.id().value(), found);
        } else if (names(person).anyMatch(text::equalsIgnoreCase)) {
          byName.putIfAbsent(person.id().value(), found);
        }
      }
    }
    var chosen = byLogin.isEmpty() ? byName : byLogin;
    return chosen.size() == 1 ? chosen.values().stream().findFirst() : Optional.empty();
  }

  private Iterable<Subject> search(TenantId tenant, String text) throws Refused {
    try {
      return directory.search(tenant, SubjectKind.PERSON, text, MOST);
    } catch (DirectoryUnavailable down) {
      throw new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory can't be asked");
    }
  }

  private static Stream<String> names(Subject person) {
    String plain = person.givenName().orElse("") + " " + person.surname().orElse("");
    return Stream.of(person.commonName(), plain.strip());
  }
}
