package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.tenancy.TenantId;

/**
 * Something that a person may apply for.
 *
 * @param profile the kind
 * @param subject for whom: themselves, or what they answer for
 * @param tenant on behalf of which tenant
 */
public record Offer(CertificateProfile profile, Subject subject, TenantId tenant) {}
