package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Optional;

/**
 * Stands in a request where the system itself asks. Its name ends in {@code .invalid}, which no
 * organisation can have (RFC 2606 §2), so it is in nobody's scope.
 */
public final class SystemTenant {
  /** The name. */
  public static final TenantId ID = new TenantId("system.invalid");

  private SystemTenant() {}

  /** Whether the system itself asked. */
  public static boolean owns(CertificateRequest.Content content) {
    return content.tenant().equals(ID);
  }

  /** The tenant, for certificates and the audit trail; empty for the system's own. */
  public static Optional<TenantId> real(CertificateRequest.Content content) {
    return owns(content) ? Optional.empty() : Optional.of(content.tenant());
  }
}
