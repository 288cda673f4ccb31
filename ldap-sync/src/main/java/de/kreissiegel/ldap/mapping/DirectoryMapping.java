package de.kreissiegel.ldap.mapping;

import de.kreissiegel.ca.subject.SubjectKind;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which entries of the directory are what, as a mapping file says it.
 *
 * @param id the attribute that names an entry for ever
 * @param tenants which administrations there are, and which entry is whose
 * @param accounts which are disabled, and who is away
 * @param kinds what is read of each kind; a kind that is missing doesn't exist here
 * @param roles which groups make officers and auditors
 */
public record DirectoryMapping(
    IdAttribute id,
    TenantMapping tenants,
    AccountMapping accounts,
    Map<SubjectKind, KindMapping> kinds,
    RoleMapping roles) {
  public DirectoryMapping {
    // In one order, for what stands here is compared with what stood here.
    kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
  }

  /**
   * How an account's state is seen.
   *
   * @param disabled matches one that may not work; never, if it is empty
   * @param expires attribute with the end of an account, in Windows' file time (MS-DTYP §2.3.3)
   * @param away matches one whose holder is absent for long and will return
   */
  public record AccountMapping(
      Optional<EntryFilter> disabled, Optional<String> expires, Optional<EntryFilter> away) {}

  /**
   * Which groups give roles. Each is named relative to the tenant's own entry where tenants are
   * subtrees, else to the base with {@code {tenant}} in place of the tenant's id.
   *
   * @param registrationOfficers a tenant's officers, as {@code cn=registration-officers,ou=groups}
   * @param leadOfficers who appoints officers, relative to the base
   * @param auditors relative to the base
   * @param caOperators relative to the base
   * @param systemAdministrators relative to the base
   * @param accessManagers relative to the base
   * @param dataProtectionOfficers relative to the base
   * @param helpDesk who helps everybody in the district, relative to the base
   */
  public record RoleMapping(
      Optional<String> registrationOfficers,
      Optional<String> leadOfficers,
      Optional<String> auditors,
      Optional<String> caOperators,
      Optional<String> systemAdministrators,
      Optional<String> accessManagers,
      Optional<String> dataProtectionOfficers,
      Optional<String> helpDesk) {
    /** No group gives anything. */
    static final RoleMapping NONE =
        new RoleMapping(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** That of the sample district: standard classes only. */
  public static DirectoryMapping standard() {
    return MappingFile.bundled("sample-district");
  }

  /** What is read of a subject's entry: never its password, nor the certificates it holds. */
  public String[] attributes() {
    var names = new LinkedHashSet<String>();
    names.add(id.attribute());
    names.addAll(Set.of("objectClass", "userPrincipalName", "objectSid"));
    tenants.entries().ifPresent(filter -> names.addAll(filter.attributes()));
    tenants.attribute().ifPresent(names::add);
    tenants.also().ifPresent(names::add);
    accounts.disabled().ifPresent(filter -> names.addAll(filter.attributes()));
    accounts.away().ifPresent(filter -> names.addAll(filter.attributes()));
    accounts.expires().ifPresent(names::add);
    kinds.values().forEach(kind -> names.addAll(kind.attributes()));
    return names.toArray(String[]::new);
  }

  /**
   * What is read of a kind.
   *
   * @throws IllegalArgumentException if there is none of it here
   */
  public KindMapping kind(SubjectKind kind) {
    KindMapping mapping = kinds.get(kind);
    if (mapping == null) {
      throw new IllegalArgumentException("no " + kind + " is mapped");
    }
    return mapping;
  }

  /** Whether anybody has access to a function's key by being a member of something. */
  public boolean asksForKeyHolders() {
    return kinds.containsKey(SubjectKind.FUNCTION)
        && !kind(SubjectKind.FUNCTION).keyAccess().isEmpty();
  }
}
