package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;

/**
 * A certificate that the directory gives somebody a reason to ask for: they are new, or what they
 * have names them as they aren't any more.
 *
 * @param tenant for which they would have it
 */
public record Occasion(
    SubjectId subject, TenantId tenant, ProfileName profile, Change.Kind because, Instant madeAt) {}
