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
 * @param expected whether they are asked to apply for it, by mail; else it is only offered
 */
public record Occasion(
    SubjectId subject,
    TenantId tenant,
    ProfileName profile,
    Change.Kind because,
    Instant madeAt,
    boolean expected) {
  /** How the audit trail names it: {@code occasion:PROFILE/TENANT/SUBJECT}. */
  public String auditName() {
    return "occasion:%s/%s/%s".formatted(profile, tenant, subject);
  }
}
