package de.kreissiegel.ca.subject;

import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of the directory that a certificate may name.
 *
 * @param id the directory's id of it
 * @param kind what it is
 * @param home the tenant under which its entry stands
 * @param tenants all tenants it works for; holds {@code home}
 * @param commonName its display name ({@code cn}), with titles, of any length
 * @param title academic title, as {@code Dr.}, for people
 * @param givenName for people
 * @param surname for people
 * @param mail its mail address, if it has one
 * @param dnsName for devices and services
 * @param login the name it logs in with ({@code uid}), for people
 * @param windowsAccount its account in an Active Directory, if it has one
 * @param enabled whether the directory lets it work
 * @param directoryName its distinguished name there (RFC 4514), for publication and display; never
 *     an identity
 * @param responsible the people who answer for a function, device or service
 */
public record Subject(
    SubjectId id,
    SubjectKind kind,
    TenantId home,
    Set<TenantId> tenants,
    String commonName,
    Optional<String> title,
    Optional<String> givenName,
    Optional<String> surname,
    Optional<String> mail,
    Optional<String> dnsName,
    Optional<String> login,
    Optional<WindowsAccount> windowsAccount,
    boolean enabled,
    String directoryName,
    Set<SubjectId> responsible) {
  /** One without an account in an Active Directory. */
  public Subject(
      SubjectId id,
      SubjectKind kind,
      TenantId home,
      Set<TenantId> tenants,
      String commonName,
      Optional<String> title,
      Optional<String> givenName,
      Optional<String> surname,
      Optional<String> mail,
      Optional<String> dnsName,
      Optional<String> login,
      boolean enabled,
      String directoryName,
      Set<SubjectId> responsible) {
    this(
        id,
        kind,
        home,
        tenants,
        commonName,
        title,
        givenName,
        surname,
        mail,
        dnsName,
        login,
        Optional.empty(),
        enabled,
        directoryName,
        responsible);
  }

  public Subject {
    tenants = Set.copyOf(tenants);
    responsible = Set.copyOf(responsible);
    if (!tenants.contains(home)) {
      throw new IllegalArgumentException("a subject works for its home tenant, too");
    }
  }

  /** The same under another display name. */
  public Subject called(String name) {
    return new Subject(
        id,
        kind,
        home,
        tenants,
        name,
        title,
        givenName,
        surname,
        mail,
        dnsName,
        login,
        windowsAccount,
        enabled,
        directoryName,
        responsible);
  }
}
