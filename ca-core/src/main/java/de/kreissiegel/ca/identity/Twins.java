package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Optional;
import java.util.Set;

/**
 * Two entries of directories that may be the same human (BSI TR-03145-1, IR.Req.12).
 *
 * @param one the entry whose id comes first
 * @param other the other
 * @param sameMail whether they share a mail address; else name and tenant
 * @param same what an officer said of it; empty if nobody has
 * @param officerName who said it
 */
public record Twins(
    Entry one,
    Entry other,
    boolean sameMail,
    Optional<Boolean> same,
    Optional<String> officerName) {
  /**
   * An entry.
   *
   * @param directory the name of its directory
   * @param tenants where it works
   */
  public record Entry(
      SubjectId subject, String name, String directory, Set<TenantId> tenants, String mail) {
    public Entry {
      tenants = Set.copyOf(tenants);
    }
  }
}
