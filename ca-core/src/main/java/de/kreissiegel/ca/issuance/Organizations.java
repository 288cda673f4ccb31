package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.SystemTenant;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The names of tenants for certificates; the last ones known serve while the directory is down. */
public final class Organizations {
  private final SubjectDirectory directory;
  private final String district;
  private final Map<TenantId, String> known = new ConcurrentHashMap<>();

  /**
   * @param directory where the tenants stand
   * @param district the organizationName of the system's own certificates
   */
  public Organizations(SubjectDirectory directory, String district) {
    this.directory = directory;
    this.district = district;
  }

  /** How a tenant's name stands in certificates, as their organizationName. */
  public static String inCertificates(String name) {
    return SubjectNames.organization(name);
  }

  String of(CertificateRequest.Content content) throws DirectoryUnavailable {
    if (SystemTenant.owns(content)) {
      return district;
    }
    return named(List.of(content.tenant())).getFirst();
  }

  /** The names of tenants as they stand in certificates, in the same order. */
  List<String> named(List<TenantId> tenants) throws DirectoryUnavailable {
    try {
      for (Tenant tenant : directory.tenants()) {
        known.put(tenant.id(), inCertificates(tenant.name()));
      }
    } catch (DirectoryUnavailable unavailable) {
      if (!known.keySet().containsAll(tenants)) {
        throw unavailable;
      }
    }
    List<String> names = new ArrayList<>();
    for (TenantId tenant : tenants) {
      String name = known.get(tenant);
      if (name == null) {
        throw new DirectoryUnavailable(
            "the directory has no tenant " + tenant, new IllegalStateException());
      }
      names.add(name);
    }
    return List.copyOf(names);
  }
}
