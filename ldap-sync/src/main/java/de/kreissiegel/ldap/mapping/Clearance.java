package de.kreissiegel.ldap.mapping;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an entry surely belongs to no tenant. If an entry above it is hidden from us, or looks
 * like a tenant's and doesn't show which, a right was taken from us and nobody left.
 */
final class Clearance {
  private final MappedDirectory directory;
  private final Tenants tenants;
  private final Set<DN> clear = new HashSet<>();

  Clearance(MappedDirectory directory, Tenants tenants) {
    this.directory = directory;
    this.tenants = tenants;
    clear.add(directory.base());
  }

  void requireNothingHiddenAbove(DN entry) throws LDAPException {
    if (directory.mapping().tenants().by() != TenantMapping.By.SUBTREE
        || !entry.isDescendantOf(directory.base(), false)) {
      return;
    }
    DN above = entry.getParent();
    while (above != null && !clear.contains(above)) {
      requireVisible(above);
      clear.add(above);
      above = above.getParent();
    }
  }

  private void requireVisible(DN place) throws LDAPException {
    Optional<SearchResultEntry> shown =
        directory.connections().entry(place.toString(), "objectClass");
    if (shown.isEmpty() || !shown.get().hasAttribute("objectClass")) {
      throw new LDAPException(
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS, place + " has entries below it and is hidden");
    }
    if (tenants.unreadable().contains(place)) {
      throw new LDAPException(
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS, place + " shows no id and name of a tenant");
    }
  }
}
