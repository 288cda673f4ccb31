package de.kreissiegel.ca.bulk;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds whom a row means: the one whose id, login, mail address or DNS name it is. */
final class BulkSearch {
  private static final int MOST = 500;
  private static final int LONGEST_ID = 128;

  private final SubjectDirectory directory;

  BulkSearch(SubjectDirectory directory) {
    this.directory = directory;
  }

  /**
   * Who was found.
   *
   * @param tenant for which they would have the certificate
   */
  record Found(Subject subject, TenantId tenant) {}

  /**
   * The only one of these kinds.
   *
   * @param tenants those in which it may be
   * @throws Refused NOT_FOUND (nobody there, or several), DIRECTORY_UNAVAILABLE
   */
  Found only(Set<TenantId> tenants, Set<SubjectKind> kinds, String who) throws Refused {
    Map<SubjectId, Found> found = new LinkedHashMap<>();
    try {
      byId(tenants, kinds, who).ifPresent(one -> found.put(one.subject().id(), one));
      for (TenantId tenant : tenants.stream().sorted().toList()) {
        for (SubjectKind kind : kinds) {
          named(directory.search(tenant, kind, who, MOST), who)
              .forEach(one -> found.putIfAbsent(one.id(), new Found(one, tenant)));
        }
      }
    } catch (DirectoryUnavailable down) {
      throw new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory can't be asked");
    }
    if (found.size() != 1) {
      throw new Refused(
          RefusalReason.NOT_FOUND,
          found.isEmpty()
              ? "nobody of that name in the officer's tenants"
              : "several of that name");
    }
    return found.values().iterator().next();
  }

  private Optional<Found> byId(Set<TenantId> tenants, Set<SubjectKind> kinds, String who)
      throws DirectoryUnavailable {
    if (who.length() > LONGEST_ID) {
      return Optional.empty();
    }
    return directory
        .find(new SubjectId(who))
        .filter(one -> kinds.contains(one.kind()))
        .flatMap(
            one ->
                one.tenants().stream()
                    .filter(tenants::contains)
                    .sorted()
                    .findFirst()
                    .map(tenant -> new Found(one, tenant)));
  }

  private static Stream<Subject> named(List<Subject> some, String who) {
    return some.stream()
        .filter(
            one ->
                Stream.of(one.login(), one.mail(), one.dnsName())
                    .flatMap(Optional::stream)
                    .anyMatch(who::equalsIgnoreCase));
  }
}
