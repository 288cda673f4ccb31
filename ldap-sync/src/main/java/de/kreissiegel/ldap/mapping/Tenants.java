package de.kreissiegel.ldap.mapping;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.mapping.TenantMapping.By;
import de.kreissiegel.ldap.mapping.TenantMapping.Listed;
import de.kreissiegel.ldap.server.Connections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tenants, as they stood at one moment. */
public final class Tenants {
  private static final System.Logger LOG = System.getLogger(Tenants.class.getName());

  /**
   * A tenant.
   *
   * @param dn the entry under which its own stand, where tenants are subtrees
   * @param value what names it in an attribute; its id otherwise
   * @param members who is in its group, as normalized names; empty where groups don't decide
   */
  record Place(Tenant tenant, Optional<DN> dn, String value, Set<String> members) {}

  private final TenantMapping mapping;
  private final List<Place> places;
  private final Set<DN> unreadable;

  private Tenants(TenantMapping mapping, List<Place> places, Set<DN> unreadable) {
    this.mapping = mapping;
    this.places =
        places.stream().sorted(Comparator.comparing(place -> place.tenant().name())).toList();
    this.unreadable = Set.copyOf(unreadable);
  }

  static Tenants read(Connections connections, DN base, DirectoryMapping whole)
      throws LDAPException {
    TenantMapping mapping = whole.tenants();
    var places = new ArrayList<Place>();
    var unreadable = new LinkedHashSet<DN>();
    var members = new Members(connections, base);
    for (Listed listed : mapping.listed()) {
      places.add(
          switch (mapping.by()) {
            case SUBTREE -> subtree(listed.tenant(), relative(listed.place(), base));
            case ATTRIBUTE -> named(listed.tenant(), listed.place());
            case GROUP ->
                new Place(
                    listed.tenant(),
                    Optional.empty(),
                    listed.tenant().id().value(),
                    members.of(relative(listed.place(), base).toString()));
          });
    }
    if (mapping.entries().isPresent()) {
      String id = mapping.id().orElseThrow();
      String name = mapping.name().orElseThrow();
      for (SearchResultEntry entry :
          connections.search(
              base.toString(), SearchScope.ONE, mapping.entries().get().filter(), id, name)) {
        tenant(entry, id, name)
            .ifPresentOrElse(
                tenant ->
                    places.add(
                        mapping.by() == By.SUBTREE
                            ? subtree(tenant, parsed(entry))
                            : named(tenant, tenant.name())),
                () -> unreadable.add(parsed(entry)));
      }
    }
    return new Tenants(mapping, places, unreadable);
  }

  private static Place subtree(Tenant tenant, DN dn) {
    return new Place(tenant, Optional.of(dn), tenant.id().value(), Set.of());
  }

  private static Place named(Tenant tenant, String value) {
    return new Place(tenant, Optional.empty(), value, Set.of());
  }

  private static Optional<Tenant> tenant(Entry entry, String id, String name) {
    String idValue = entry.getAttributeValue(id);
    String nameValue = entry.getAttributeValue(name);
    if (idValue == null || nameValue == null || nameValue.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Tenant(new TenantId(idValue), nameValue));
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, "{0}: {1}", entry.getDN(), e.getMessage());
      return Optional.empty();
    }
  }

  /** All of them, in order of their names. */
  public List<Tenant> all() {
    return places.stream().map(Place::tenant).toList();
  }

  /** The entries that look like a tenant's, but show no id and name that can be used. */
  public Set<DN> unreadable() {
    return unreadable;
  }

  /** Under which entry a tenant's own stand, where tenants are subtrees. */
  public Optional<DN> subtree(TenantId id) {
    return places.stream().filter(p -> p.tenant().id().equals(id)).findFirst().flatMap(Place::dn);
  }

  /** Under which entries all tenants' own stand; the base, where tenants are no subtrees. */
  Set<DN> subtrees(DN base) {
    if (mapping.by() != By.SUBTREE) {
      return Set.of(base);
    }
    return places.stream().flatMap(place -> place.dn().stream()).collect(Collectors.toSet());
  }

  /** Whose an entry is: the first is its home. Empty if it is nobody's. */
  List<Place> of(Entry entry, boolean person) throws LDAPException {
    var all = new LinkedHashSet<Place>();
    DN dn = entry.getParsedDN();
    switch (mapping.by()) {
      case SUBTREE -> above(dn).ifPresent(all::add);
      case ATTRIBUTE -> mapping.attribute().ifPresent(name -> addNamed(entry, name, all));
      case GROUP -> {
        String name = dn.toNormalizedString();
        places.stream().filter(place -> place.members().contains(name)).forEach(all::add);
      }
    }
    if (person && !all.isEmpty()) {
      mapping.also().ifPresent(name -> addNamed(entry, name, all));
    }
    return List.copyOf(all);
  }

  private void addNamed(Entry entry, String attribute, Set<Place> all) {
    String[] values = entry.getAttributeValues(attribute);
    for (String value : values == null ? new String[0] : values) {
      String wanted = value.strip().toLowerCase(Locale.ROOT);
      places.stream().filter(place -> isCalled(place, wanted)).forEach(all::add);
    }
  }

  private static boolean isCalled(Place place, String wanted) {
    return wanted.equals(place.value().toLowerCase(Locale.ROOT))
        || wanted.equals(place.tenant().name().toLowerCase(Locale.ROOT))
        || wanted.equals(place.tenant().id().value());
  }

  /** The tenant below whose entry another stands, where tenants are subtrees. */
  Optional<Place> above(DN entry) {
    return places.stream()
        .filter(p -> p.dn().isPresent() && entry.isDescendantOf(p.dn().get(), false))
        .findFirst();
  }

  /** The name of an entry that is given relative to another. */
  static DN relative(String path, DN parent) throws LDAPException {
    return path.isBlank() ? parent : new DN(path + "," + parent);
  }

  private static DN parsed(Entry entry) {
    try {
      return entry.getParsedDN();
    } catch (LDAPException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
