package de.kreissiegel.ldap;

import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a directory holds, read once, and changed in nothing.
 *
 * @param kinds how many there are of each kind
 * @param tenants the administrations
 * @param mailDomains where the mailboxes of each tenant's own are, by its id, in lower case
 * @param offices who is in the groups of each office that nobody may hold two of; an office whose
 *     group is empty, or isn't there, has no names
 * @param conflicts who is in the groups of two of them or more
 */
public record DirectoryFindings(
    Map<SubjectKind, Integer> kinds,
    List<Tenant> tenants,
    Map<String, Set<String>> mailDomains,
    Map<Office, Set<String>> offices,
    Set<String> conflicts) {
  public DirectoryFindings {
    kinds = Map.copyOf(kinds);
    tenants = List.copyOf(tenants);
    mailDomains = Map.copyOf(mailDomains);
    offices = Map.copyOf(offices);
    conflicts = Set.copyOf(conflicts);
  }

  /** Collects them while the directory is read. */
  static final class Collected {
    private final Map<SubjectKind, Integer> kinds = new EnumMap<>(SubjectKind.class);
    private final Map<String, Set<String>> mailDomains = new TreeMap<>();
    private final Map<String, String> names = new TreeMap<>();

    void note(Subject subject, String normalizedName) {
      kinds.merge(subject.kind(), 1, Integer::sum);
      if (subject.kind() == SubjectKind.PERSON) {
        names.put(normalizedName, subject.commonName());
      }
      subject
          .mail()
          .filter(mail -> mail.indexOf('@') > 0)
          .ifPresent(
              mail ->
                  mailDomains
                      .computeIfAbsent(subject.home().value(), _ -> new TreeSet<>())
                      .add(mail.substring(mail.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT)));
    }

    /** The name of who stands there; of nobody that we know, the entry's. */
    String name(String normalizedName) {
      return names.getOrDefault(normalizedName, normalizedName);
    }

    /**
     * @param members the entries of those who hold each office, normalized
     */
    DirectoryFindings with(List<Tenant> tenants, Map<Office, Set<String>> members) {
      Map<Office, Set<String>> offices = new EnumMap<>(Office.class);
      Map<String, Integer> held = new TreeMap<>();
      members.forEach(
          (office, entries) -> {
            var people = new TreeSet<String>();
            entries.forEach(
                entry -> {
                  people.add(name(entry));
                  held.merge(entry, 1, Integer::sum);
                });
            offices.put(office, Set.copyOf(people));
          });
      var conflicts = new TreeSet<String>();
      held.forEach(
          (entry, count) -> {
            if (count > 1) {
              conflicts.add(name(entry));
            }
          });
      return new DirectoryFindings(kinds, tenants, mailDomains, offices, conflicts);
    }
  }
}
