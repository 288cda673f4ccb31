package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;
import java.util.List;

/**
 * What a holder has to hear.
 *
 * @param number counts upwards, in the order in which holders should hear
 * @param holder whom the certificates name; for a machine, those who are in charge of it are told
 * @param tenant whose the certificates are
 * @param createdAt since when it is there
 * @param certificates all of the holder's in this run and tenant
 */
public record Notice(
    long number,
    SubjectId holder,
    TenantId tenant,
    Instant createdAt,
    List<Concerned> certificates) {
  public Notice {
    certificates = List.copyOf(certificates);
  }

  /** Whether the holder still lacks a new certificate. */
  public boolean isMissing() {
    return certificates.stream().anyMatch(one -> !one.replaced());
  }

  /**
   * A certificate of theirs.
   *
   * @param serial its serial number
   * @param profile its profile
   * @param replaced whether they have a good one instead
   */
  public record Concerned(SerialNumber serial, ProfileName profile, boolean replaced) {}
}
