package de.kreissiegel.ca.helpdesk;

import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People who can be looked for; each one's id is their login. */
final class Directory implements SubjectDirectory {
  private final Map<SubjectId, Subject> all = new LinkedHashMap<>();
  private boolean away;

  void person(String login, String name, TenantId tenant) {
    var id = new SubjectId(login);
    all.put(
        id,
        new Subject(
            id,
            SubjectKind.PERSON,
            tenant,
            Set.of(tenant),
            name,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(login + "@" + tenant),
            Optional.empty(),
            Optional.of(login),
            true,
            "uid=" + login,
            Set.of()));
  }

  void goAway() {
    away = true;
  }

  @Override
  public Optional<Subject> find(SubjectId id) throws DirectoryUnavailable {
    answer();
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public List<Subject> search(TenantId tenant, SubjectKind kind, String text, int atMost)
      throws DirectoryUnavailable {
    answer();
    return all.values().stream()
        .filter(one -> one.kind() == kind && one.tenants().contains(tenant))
        .filter(one -> words(one).contains(text.toLowerCase(Locale.ROOT)))
        .limit(atMost)
        .toList();
  }

  private static String words(Subject one) {
    return (one.commonName() + " " + one.login().orElse("") + " " + one.mail().orElse(""))
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Subject> inCareOf(SubjectId person) {
    return List.of();
  }

  @Override
  public List<Tenant> tenants() {
    return List.of();
  }

  private void answer() throws DirectoryUnavailable {
    if (away) {
      throw new DirectoryUnavailable("away", new IOException());
    }
  }
}
