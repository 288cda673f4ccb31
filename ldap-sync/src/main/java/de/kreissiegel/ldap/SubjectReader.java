package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes subjects from entries. One for each question: it remembers who answers for what. */
final class SubjectReader {
  private static final Set<String> RESPONSIBLE = Set.of("owner", "manager");
  private final Connections connections;
  private final DirectoryMapping mapping;
  private final Tenants tenants;
  private final Filter disabled;
  private final Map<String, Optional<SubjectId>> ids = new HashMap<>();

  SubjectReader(Connections connections, DirectoryMapping mapping, Tenants tenants)
      throws LDAPException {
    this.connections = connections;
    this.mapping = mapping;
    this.tenants = tenants;
    this.disabled = Filter.create(mapping.disabled());
  }

  /** What is read of an entry: never its password, nor the certificates it holds. */
  static String[] attributes(DirectoryMapping mapping) {
    var names = new LinkedHashSet<String>();
    for (String name :
        ("entryUUID cn uid title givenName sn mail associatedDomain owner manager"
                + " userPrincipalName objectSid")
            .split(" ")) {
      names.add(name);
    }
    names.add(mapping.tenantName());
    try {
      collect(Filter.create(mapping.disabled()), names);
    } catch (LDAPException e) {
      throw new IllegalArgumentException("not a filter: " + mapping.disabled(), e);
    }
    return names.toArray(String[]::new);
  }

  private static void collect(Filter filter, Set<String> names) {
    if (filter.getAttributeName() != null) {
      names.add(filter.getAttributeName());
    }
    for (Filter part : filter.getComponents()) {
      collect(part, names);
    }
    if (filter.getNOTComponent() != null) {
      collect(filter.getNOTComponent(), names);
    }
  }

  /** The subject, or empty if the entry stands in no container of a tenant or lacks a name. */
  Optional<Subject> subject(SearchResultEntry entry) throws LDAPException {
    Optional<Tenants.Place> home = tenants.above(entry.getParsedDN());
    Optional<SubjectKind> kind = home.flatMap(place -> kind(entry, place));
    String uuid = entry.getAttributeValue("entryUUID");
    String name = entry.getAttributeValue("cn");
    if (home.isEmpty() || kind.isEmpty() || uuid == null || name == null) {
      return Optional.empty();
    }
    TenantId homeId = home.get().tenant().id();
    boolean person = kind.get() == SubjectKind.PERSON;
    return Optional.of(
        new Subject(
            new SubjectId(uuid.toLowerCase(Locale.ROOT)),
            kind.get(),
            homeId,
            person ? tenantsOf(entry, homeId) : Set.of(homeId),
            name,
            person ? value(entry, "title") : Optional.empty(),
            person ? value(entry, "givenName") : Optional.empty(),
            person ? value(entry, "sn") : Optional.empty(),
            value(entry, "mail"),
            person ? Optional.empty() : value(entry, "associatedDomain"),
            person ? value(entry, "uid") : Optional.empty(),
            WindowsAccounts.of(entry),
            !disabled.matchesEntry(entry),
            entry.getDN(),
            person ? Set.of() : responsible(entry)));
  }

  Optional<SubjectKind> kind(SearchResultEntry entry, Tenants.Place place) {
    try {
      DN dn = entry.getParsedDN();
      for (SubjectKind kind : SubjectKind.values()) {
        if (dn.isDescendantOf(container(kind, place), false)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    } catch (LDAPException unreadable) {
      return Optional.empty();
    }
  }

  DN container(SubjectKind kind, Tenants.Place place) throws LDAPException {
    String name =
        switch (kind) {
          case PERSON -> mapping.people();
          case FUNCTION -> mapping.functions();
          case DEVICE -> mapping.devices();
          case SERVICE -> mapping.services();
        };
    return new DN(new RDN(name), place.dn());
  }

  private Set<TenantId> tenantsOf(SearchResultEntry entry, TenantId home) {
    var all = new HashSet<TenantId>();
    all.add(home);
    String[] names = entry.getAttributeValues(mapping.tenantName());
    if (names != null) {
      for (String name : names) {
        tenants.named(name).ifPresent(tenant -> all.add(tenant.id()));
      }
    }
    return all;
  }

  private Set<SubjectId> responsible(SearchResultEntry entry) throws LDAPException {
    var all = new HashSet<SubjectId>();
    for (String attribute : RESPONSIBLE) {
      String[] names = entry.getAttributeValues(attribute);
      for (String dn : names == null ? new String[0] : names) {
        Optional<SubjectId> known = ids.get(dn);
        if (known == null) {
          known = idOf(dn);
          ids.put(dn, known);
        }
        known.ifPresent(all::add);
      }
    }
    return all;
  }

  /** The id behind a name; empty if the name leads nowhere. */
  private Optional<SubjectId> idOf(String dn) throws LDAPException {
    if (!DN.isValidDN(dn)) {
      return Optional.empty();
    }
    try {
      Filter any = Filter.createPresenceFilter("objectClass");
      return connections.search(dn, SearchScope.BASE, any, "entryUUID").stream()
          .flatMap(entry -> value(entry, "entryUUID").stream())
          .map(uuid -> new SubjectId(uuid.toLowerCase(Locale.ROOT)))
          .findFirst();
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<String> value(SearchResultEntry entry, String attribute) {
    return Optional.ofNullable(entry.getAttributeValue(attribute)).filter(v -> !v.isBlank());
  }
}
