package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate of a campaign.
 *
 * @param number its place in the campaign, from 1
 * @param holder whom it names; empty where its retention has ended
 * @param name its subject's distinguished name (RFC 4514); may be empty
 * @param until the end of its validity
 * @param standing how it stands with it
 * @param letters what was written
 */
public record CampaignItem(
    int number,
    AuthorityName authority,
    SerialNumber serial,
    TenantId tenant,
    ProfileName profile,
    Optional<SubjectId> holder,
    String name,
    Instant until,
    Standing standing,
    Letters letters) {
  /**
   * What was written to its holder.
   *
   * @param first when the first letter was
   * @param last when the last one was
   * @param reminders how often they were reminded
   * @param troubled whether one of them didn't arrive, as far as letters are kept
   */
  public record Letters(
      Optional<Instant> first, Optional<Instant> last, int reminders, boolean troubled) {}

  /** How the audit trail names the certificate. */
  String auditName() {
    return "certificate:" + authority + "/" + serial;
  }
}
