package de.kreissiegel.ldap.mapping;

import de.kreissiegel.ca.tenancy.Tenant;
import java.util.List;
import java.util.Optional;

/**
 * Which administrations there are, and which entry is whose.
 *
 * @param by how an entry's tenant is seen
 * @param entries matches the entries of tenants, directly under the base; empty if they are listed
 * @param id their attribute with the domain-style name; empty if they are listed
 * @param name their attribute with the official name; empty if they are listed
 * @param listed the tenants, if the file lists them
 * @param attribute for {@link By#ATTRIBUTE}: of a subject, names its tenant
 * @param also of a person, names further tenants they work for
 */
public record TenantMapping(
    By by,
    Optional<EntryFilter> entries,
    Optional<String> id,
    Optional<String> name,
    List<Listed> listed,
    Optional<String> attribute,
    Optional<String> also) {
  public TenantMapping {
    listed = List.copyOf(listed);
  }

  /** How it is seen to which tenant an entry belongs. */
  public enum By {
    /** It stands below the tenant's entry. */
    SUBTREE,
    /** An attribute names the tenant: its id, its name, or the value that the list gives. */
    ATTRIBUTE,
    /** It is a member of the tenant's group. */
    GROUP
  }

  /**
   * A tenant that the file lists.
   *
   * @param place for {@link By#SUBTREE} its entry and for {@link By#GROUP} its group, both relative
   *     to the base; for {@link By#ATTRIBUTE} the value that names it
   */
  public record Listed(Tenant tenant, String place) {}
}
