package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;

/**
 * A certificate that a goal is about: the one of its holder, kind and tenant that ends last.
 *
 * @param holder whom it names
 * @param done whether its holder has reached the goal already
 */
public record Candidate(
    AuthorityName authority,
    SerialNumber serial,
    TenantId tenant,
    ProfileName profile,
    SubjectId holder,
    boolean done) {}
