package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;

/**
 * What a door brings: somebody asks for a certificate.
 *
 * @param subject whom it shall name
 * @param tenant for which of the subject's tenants
 * @param profile of which kind
 * @param certificationRequest PKCS#10 (RFC 2986), DER, at most 16 KiB. Its key and its proof of
 *     possession count; its names are a wish
 * @param remark the applicant's words for the officer, at most 500 characters; may be empty
 */
public record CertificateApplication(
    SubjectId subject,
    TenantId tenant,
    ProfileName profile,
    Bytes certificationRequest,
    String remark) {}
