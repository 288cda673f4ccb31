package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.Map;

/**
 * What a door brings: somebody asks for a certificate.
 *
 * @param subject whom it shall name
 * @param tenant for which of the subject's tenants
 * @param profile of which kind
 * @param certificationRequest PKCS#10 (RFC 2986), DER, at most 16 KiB. Its key and its proof of
 *     possession count; its names are a wish
 * @param remark the applicant's words for the officer, at most 500 characters; may be empty
 * @param fields what the applicant says of fields that the profile lets them set
 */
public record CertificateApplication(
    SubjectId subject,
    TenantId tenant,
    ProfileName profile,
    Bytes certificationRequest,
    String remark,
    Map<Field, List<String>> fields) {
  /** Copied. */
  public CertificateApplication {
    fields = Map.copyOf(fields);
  }

  /** One that leaves all fields to the directory. */
  public CertificateApplication(
      SubjectId subject,
      TenantId tenant,
      ProfileName profile,
      Bytes certificationRequest,
      String remark) {
    this(subject, tenant, profile, certificationRequest, remark, Map.of());
  }
}
