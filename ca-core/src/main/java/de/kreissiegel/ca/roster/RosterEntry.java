package de.kreissiegel.ca.roster;

import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the authority last took in of a subject: as much as it needs to see what changes.
 *
 * @param directory which directory names it; an id belongs to the one that named it first
 * @param names display name, title, given name and surname, empty where there is none
 * @param addresses mail address and DNS name, empty where there is none
 * @param keyHolders for a function, the people who have access to its keys, those responsible
 *     included
 */
public record RosterEntry(
    SubjectId id,
    DirectoryName directory,
    SubjectKind kind,
    TenantId home,
    Set<TenantId> tenants,
    List<String> names,
    List<String> addresses,
    Standing standing,
    Set<SubjectId> keyHolders) {
  public RosterEntry {
    tenants = Set.copyOf(tenants);
    names = List.copyOf(names);
    addresses = List.copyOf(addresses);
    keyHolders = Set.copyOf(keyHolders);
  }

  static RosterEntry of(DirectoryName directory, Observation.Present seen) {
    Subject subject = seen.subject();
    Set<SubjectId> keyHolders = new HashSet<>();
    if (subject.kind() == SubjectKind.FUNCTION) {
      keyHolders.addAll(seen.keyHolders());
      keyHolders.addAll(subject.responsible());
    }
    Standing standing =
        !subject.enabled() ? Standing.DISABLED : seen.away() ? Standing.AWAY : Standing.WORKING;
    return new RosterEntry(
        subject.id(),
        directory,
        subject.kind(),
        subject.home(),
        subject.tenants(),
        List.of(
            subject.commonName(),
            text(subject.title()),
            text(subject.givenName()),
            text(subject.surname())),
        List.of(text(subject.mail()), text(subject.dnsName())),
        standing,
        keyHolders);
  }

  RosterEntry withKeyHolders(Set<SubjectId> others) {
    return new RosterEntry(id, directory, kind, home, tenants, names, addresses, standing, others);
  }

  /** Its display name. */
  public String displayName() {
    return names.getFirst();
  }

  private static String text(Optional<String> value) {
    return value.orElse("");
  }
}
