package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Optional;

/**
 * What is looked for among the certificates of one's scope, newest first.
 *
 * @param text part of a name, mail address, DNS name or serial number; empty for all
 * @param tenant only of this one
 * @param profile only of this one
 * @param state only in this one
 * @param offset how many to skip, from 0
 * @param limit how many at most, 1 to 500
 */
public record CertificateQuery(
    String text,
    Optional<TenantId> tenant,
    Optional<ProfileName> profile,
    Optional<State> state,
    int offset,
    int limit) {
  public CertificateQuery {
    if (offset < 0 || limit < 1 || limit > 500) {
      throw new IllegalArgumentException("offset from 0, limit 1 to 500");
    }
  }

  /** The states that can be asked for. */
  public enum State {
    VALID,
    ON_HOLD,
    REVOKED,
    EXPIRED
  }
}
