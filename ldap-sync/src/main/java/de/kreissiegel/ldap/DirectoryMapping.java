package de.kreissiegel.ldap;

/**
 * Which entries of the directory are what. A tenant is an entry directly under the base; below it
 * stand containers for each kind.
 *
 * @param tenantClass object class of a tenant's entry
 * @param tenantId its attribute with the domain-style name
 * @param tenantName its attribute with the official name; a person's values of the same attribute
 *     name the tenants they work for
 * @param people container of people, as {@code ou=people}
 * @param functions container of function mailboxes
 * @param devices container of laptops and phones
 * @param services container of gateways and servers
 * @param groups container of groups, below a tenant and below the base
 * @param officersGroup a tenant's group of registration officers, as {@code
 *     cn=registration-officers}
 * @param leadOfficersGroup the district's group of those who appoint registration officers, for all
 *     tenants
 * @param auditorsGroup the district's group of auditors
 * @param disabled LDAP filter (RFC 4515) that a disabled account matches
 */
public record DirectoryMapping(
    String tenantClass,
    String tenantId,
    String tenantName,
    String people,
    String functions,
    String devices,
    String services,
    String groups,
    String officersGroup,
    String leadOfficersGroup,
    String auditorsGroup,
    String disabled) {

  /** That of the sample district: standard classes only. */
  public static DirectoryMapping standard() {
    return new DirectoryMapping(
        "organization",
        "associatedDomain",
        "o",
        "ou=people",
        "ou=functions",
        "ou=devices",
        "ou=services",
        "ou=groups",
        "cn=registration-officers",
        "cn=lead-registration-officers",
        "cn=auditors",
        "(employeeType=disabled)");
  }
}
