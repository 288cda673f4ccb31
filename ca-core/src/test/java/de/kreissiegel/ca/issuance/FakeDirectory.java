package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A directory in memory. */
public final class FakeDirectory implements SubjectDirectory {
  private final Map<SubjectId, Subject> entries = new ConcurrentHashMap<>();
  private final Set<SubjectId> revisors = ConcurrentHashMap.newKeySet();
  public volatile boolean down;

  public void put(Subject subject) {
    entries.put(subject.id(), subject);
  }

  /** Puts somebody into the group of revisors. */
  public void revise(Subject subject) {
    revisors.add(subject.id());
  }

  @Override
  public List<Subject> revisors() throws DirectoryUnavailable {
    failIfDown();
    return entries.values().stream().filter(one -> revisors.contains(one.id())).toList();
  }

  public void remove(Subject subject) {
    entries.remove(subject.id());
  }

  @Override
  public Optional<Subject> find(SubjectId id) throws DirectoryUnavailable {
    failIfDown();
    return Optional.ofNullable(entries.get(id));
  }

  @Override
  public List<Subject> search(TenantId tenant, SubjectKind kind, String text, int atMost)
      throws DirectoryUnavailable {
    failIfDown();
    return entries.values().stream()
        .filter(one -> one.kind() == kind && one.tenants().contains(tenant))
        .filter(
            one ->
                one.commonName().contains(text)
                    || Stream.of(one.login(), one.mail(), one.dnsName())
                        .flatMap(Optional::stream)
                        .anyMatch(name -> name.contains(text.toLowerCase(Locale.ROOT))))
        .limit(atMost)
        .toList();
  }

  @Override
  public List<Subject> inCareOf(SubjectId person) throws DirectoryUnavailable {
    failIfDown();
    return entries.values().stream().filter(one -> one.responsible().contains(person)).toList();
  }

  @Override
  public List<Tenant> tenants() throws DirectoryUnavailable {
    failIfDown();
    return List.of(
        new Tenant(House.VILLAGE, "Gemeinde B"),
        new Tenant(House.DISTRICT, "Landratsamt DEMO"),
        new Tenant(House.TOWN, "Stadt Ä"));
  }

  private void failIfDown() throws DirectoryUnavailable {
    if (down) {
      throw new DirectoryUnavailable("down", new IllegalStateException());
    }
  }
}
