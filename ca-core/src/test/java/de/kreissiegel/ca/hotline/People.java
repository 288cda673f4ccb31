package de.kreissiegel.ca.hotline;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A directory of those who call; each one's id is their login. It finds parts, as LDAP does. */
final class People implements SubjectDirectory {
  private final List<Subject> all = new ArrayList<>();
  private final Map<SubjectId, Subject> inCare = new HashMap<>();
  private boolean down;

  Actor.Person add(String login, String given, String surname, TenantId... tenants) {
    all.add(
        new Subject(
            new SubjectId(login),
            SubjectKind.PERSON,
            tenants[0],
            Set.of(tenants),
            "Dr. " + given + " " + surname,
            Optional.of("Dr."),
            Optional.of(given),
            Optional.of(surname),
            Optional.empty(),
            Optional.empty(),
            Optional.of(login),
            true,
            "uid=" + login,
            Set.of()));
    return new Actor.Person(
        new SubjectId(login),
        login,
        login,
        Set.of(tenants),
        Set.of(),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }

  /** The person answers for this function from now on. */
  void giveCare(Actor.Person person, String function) {
    inCare.put(person.id(), function(function));
  }

  private static Subject function(String id) {
    return new Subject(
        new SubjectId(id),
        SubjectKind.FUNCTION,
        SampleCertificate.HASSFURT,
        Set.of(SampleCertificate.HASSFURT),
        "GRP: " + id,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        "cn=" + id,
        Set.of());
  }

  void goDown() {
    down = true;
  }

  @Override
  public List<Subject> search(TenantId tenant, SubjectKind kind, String text, int atMost)
      throws DirectoryUnavailable {
    if (down) {
      throw new DirectoryUnavailable("down", new IOException());
    }
    return all.stream()
        .filter(one -> one.kind() == kind && one.tenants().contains(tenant))
        .limit(atMost)
        .toList();
  }

  @Override
  public Optional<Subject> find(SubjectId id) {
    return all.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  @Override
  public List<Subject> inCareOf(SubjectId person) {
    return Optional.ofNullable(inCare.get(person)).stream().toList();
  }

  @Override
  public List<Tenant> tenants() {
    return List.of();
  }
}
