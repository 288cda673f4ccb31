package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectGroup;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.mapping.Tenants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Groups of a tenant's subtree; where tenants are none, those of the whole directory. */
final class Groups {
  private static final String NAME = "cn";
  private static final List<String> CLASSES =
      List.of("groupOfNames", "groupOfUniqueNames", "groupOfMembers", "group");

  private final MappedDirectory directory;

  Groups(MappedDirectory directory) {
    this.directory = directory;
  }

  List<SubjectGroup> named(TenantId tenant, String text, int atMost) throws LDAPException {
    Optional<DN> place = placeOf(tenant);
    if (place.isEmpty()) {
      return List.of();
    }
    Filter group =
        Filter.createORFilter(
            CLASSES.stream().map(one -> Filter.createEqualityFilter("objectClass", one)).toList());
    Filter name =
        text.isEmpty() ? Filter.createPresenceFilter(NAME) : Filter.createSubAnyFilter(NAME, text);
    String id = directory.mapping().id().attribute();
    var found = new ArrayList<SubjectGroup>();
    for (SearchResultEntry entry :
        directory
            .connections()
            .pages(
                place.get().toString(),
                Filter.createANDFilter(group, name),
                atMost,
                one -> one.hasAttribute(id) && one.hasAttribute(NAME),
                id,
                NAME)) {
      found.add(
          new SubjectGroup(directory.mapping().id().of(entry), entry.getAttributeValue(NAME)));
    }
    return found.stream().sorted(Comparator.comparing(SubjectGroup::name)).toList();
  }

  /** Nobody, if the group isn't the tenant's. */
  List<Subject> members(TenantId tenant, SubjectId group, int atMost) throws LDAPException {
    Tenants tenants = directory.tenants();
    Optional<DN> place = placeOf(tenant);
    Optional<SearchResultEntry> entry = directory.entry(group);
    if (place.isEmpty()
        || entry.isEmpty()
        || !entry.get().getParsedDN().isDescendantOf(place.get(), false)) {
      return List.of();
    }
    var reader = directory.reader(tenants);
    var found = new ArrayList<Subject>();
    for (String member : directory.members(entry.get().getDN()).stream().sorted().toList()) {
      if (found.size() < atMost) {
        Optional<SearchResultEntry> one =
            directory.connections().entry(member, directory.mapping().attributes());
        if (one.isPresent()) {
          reader
              .subject(one.get())
              .filter(subject -> subject.tenants().contains(tenant))
              .ifPresent(found::add);
        }
      }
    }
    return found.stream().sorted(Comparator.comparing(Subject::commonName)).toList();
  }

  /** Where its groups may be; empty if there is no such tenant. */
  private Optional<DN> placeOf(TenantId tenant) throws LDAPException {
    Tenants tenants = directory.tenants();
    if (tenants.all().stream().noneMatch(one -> one.id().equals(tenant))) {
      return Optional.empty();
    }
    return Optional.of(tenants.subtree(tenant).orElse(directory.base()));
  }
}
