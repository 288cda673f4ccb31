package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tenants, as they stood at one moment. */
final class Tenants {
  private static final System.Logger LOG = System.getLogger(Tenants.class.getName());

  /** A tenant with the entry under which its own stand. */
  record Place(Tenant tenant, DN dn) {}

  private final List<Place> places;

  private Tenants(List<Place> places) {
    this.places = places;
  }

  static Tenants read(Connections connections, DirectoryConfig config) throws LDAPException {
    DirectoryMapping mapping = config.mapping();
    Filter filter =
        Filter.createANDFilter(
            Filter.createEqualityFilter("objectClass", mapping.tenantClass()),
            Filter.createPresenceFilter(mapping.tenantId()),
            Filter.createPresenceFilter(mapping.tenantName()));
    var places = new ArrayList<Place>();
    for (SearchResultEntry entry :
        connections.search(
            config.baseDn(), SearchScope.ONE, filter, mapping.tenantId(), mapping.tenantName())) {
      try {
        var id = new TenantId(entry.getAttributeValue(mapping.tenantId()));
        String name = entry.getAttributeValue(mapping.tenantName());
        places.add(new Place(new Tenant(id, name), entry.getParsedDN()));
      } catch (IllegalArgumentException e) {
        LOG.log(System.Logger.Level.WARNING, "{0}: {1}", entry.getDN(), e.getMessage());
      }
    }
    places.sort(Comparator.comparing(place -> place.tenant().name()));
    return new Tenants(List.copyOf(places));
  }

  List<Tenant> all() {
    return places.stream().map(Place::tenant).toList();
  }

  Optional<Place> place(TenantId id) {
    return places.stream().filter(p -> p.tenant().id().equals(id)).findFirst();
  }

  Optional<Tenant> named(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    return places.stream()
        .map(Place::tenant)
        .filter(t -> t.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }

  /** The tenant below which an entry stands. */
  Optional<Place> above(DN entry) {
    return places.stream().filter(p -> entry.isDescendantOf(p.dn(), false)).findFirst();
  }
}
