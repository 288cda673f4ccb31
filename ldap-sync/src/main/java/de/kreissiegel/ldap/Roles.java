package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Duties;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.mapping.DirectoryMapping.RoleMapping;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.mapping.Tenants;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads roles from groups. Only the very entry that the mapping names gives one: a group of that
 * name elsewhere gives none, nor does a group within it.
 */
final class Roles {
  private static final int MOST = 50;

  private final MappedDirectory directory;

  Roles(MappedDirectory directory) {
    this.directory = directory;
  }

  Actor.Person of(Subject person, Tenants tenants) throws LDAPException {
    RoleMapping mapping = directory.mapping().roles();
    Set<DN> groups = groupsOf(person.directoryName());
    Set<TenantId> everyTenant = tenants.all().stream().map(Tenant::id).collect(Collectors.toSet());
    var officerFor = new HashSet<TenantId>();
    for (TenantId tenant : everyTenant) {
      Optional<DN> group = officersOf(tenant, tenants, mapping);
      if (group.isPresent() && groups.contains(group.get())) {
        officerFor.add(tenant);
      }
    }
    return new Actor.Person(
            person.id(),
            person.commonName(),
            person.login().orElse(person.id().value()),
            person.tenants(),
            officerFor,
            given(groups, mapping.leadOfficers(), everyTenant),
            given(groups, mapping.auditors(), everyTenant),
            Proof.PASSWORD)
        .entrustedWith(
            new Duties(
                given(groups, mapping.caOperators(), everyTenant),
                given(groups, mapping.systemAdministrators(), everyTenant),
                given(groups, mapping.accessManagers(), everyTenant),
                given(groups, mapping.dataProtectionOfficers(), everyTenant),
                given(groups, mapping.helpDesk(), everyTenant),
                Set.of()));
  }

  /** The names of the entries in the group that makes revisors; {@value #MOST} at most. */
  List<String> revisors() throws LDAPException {
    Optional<String> group = directory.mapping().roles().auditors();
    if (group.isEmpty()) {
      return List.of();
    }
    String name = new DN(group.get() + "," + directory.base()).toString();
    return directory
        .connections()
        .entry(name, "member")
        .map(entry -> entry.getAttributeValues("member"))
        .map(members -> Arrays.stream(members).limit(MOST).toList())
        .orElse(List.of());
  }

  /** A tenant's group of registration officers. */
  Optional<DN> officersOf(TenantId tenant, Tenants tenants, RoleMapping mapping)
      throws LDAPException {
    if (mapping.registrationOfficers().isEmpty()) {
      return Optional.empty();
    }
    String path = mapping.registrationOfficers().get().replace("{tenant}", tenant.value());
    DN parent = tenants.subtree(tenant).orElse(directory.base());
    return Optional.of(new DN(path + "," + parent));
  }

  private Set<TenantId> given(Set<DN> groups, Optional<String> path, Set<TenantId> tenants)
      throws LDAPException {
    return isIn(groups, path) ? tenants : Set.of();
  }

  private boolean isIn(Set<DN> groups, Optional<String> path) throws LDAPException {
    return path.isPresent() && groups.contains(new DN(path.get() + "," + directory.base()));
  }

  private Set<DN> groupsOf(String member) throws LDAPException {
    Filter filter = Filter.createEqualityFilter("member", member);
    var groups = new HashSet<DN>();
    for (SearchResultEntry entry :
        directory
            .connections()
            .pages(directory.base().toString(), filter, Integer.MAX_VALUE, e -> true, "cn")) {
      groups.add(entry.getParsedDN());
    }
    return groups;
  }
}
