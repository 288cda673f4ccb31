package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param renews the certificate that it shall follow: of the same profile, subject and tenant
 * @param grant for which grant an officer's certificate shall be good; empty for one's own office
 * @param keyOrigin where its key was made, as the applicant says; empty if nobody says
 */
public record CertificateApplication(
    SubjectId subject,
    TenantId tenant,
    ProfileName profile,
    Bytes certificationRequest,
    String remark,
    Map<Field, List<String>> fields,
    Optional<Predecessor> renews,
    Optional<GrantId> grant,
    Optional<KeyOrigin> keyOrigin) {
  /** Copied. */
  public CertificateApplication {
    fields = Map.copyOf(fields);
  }

  /** One for no grant. */
  public CertificateApplication(
      SubjectId subject,
      TenantId tenant,
      ProfileName profile,
      Bytes certificationRequest,
      String remark,
      Map<Field, List<String>> fields,
      Optional<Predecessor> renews) {
    this(
        subject,
        tenant,
        profile,
        certificationRequest,
        remark,
        fields,
        renews,
        Optional.empty(),
        Optional.empty());
  }

  /** One that follows no other. */
  public CertificateApplication(
      SubjectId subject,
      TenantId tenant,
      ProfileName profile,
      Bytes certificationRequest,
      String remark,
      Map<Field, List<String>> fields) {
    this(subject, tenant, profile, certificationRequest, remark, fields, Optional.empty());
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

  /** The same, to follow this certificate. */
  public CertificateApplication renewing(Predecessor certificate) {
    return new CertificateApplication(
        subject,
        tenant,
        profile,
        certificationRequest,
        remark,
        fields,
        Optional.of(certificate),
        grant,
        keyOrigin);
  }

  /** The same, for an officer's certificate that is good for this grant. */
  public CertificateApplication under(GrantId other) {
    return new CertificateApplication(
        subject,
        tenant,
        profile,
        certificationRequest,
        remark,
        fields,
        renews,
        Optional.of(other),
        keyOrigin);
  }

  /** The same, its key made there. */
  public CertificateApplication withKeyFrom(KeyOrigin origin) {
    return new CertificateApplication(
        subject,
        tenant,
        profile,
        certificationRequest,
        remark,
        fields,
        renews,
        grant,
        Optional.of(origin));
  }
}
