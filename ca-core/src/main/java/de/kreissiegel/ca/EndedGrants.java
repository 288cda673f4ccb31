package de.kreissiegel.ca;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.grant.GrantBook;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.x509.RevocationReason;
import java.time.InstantSource;

/**
 * Whoever's grant was ended before its time is an officer no more for the vault either: the
 * certificate that was made for it is revoked.
 */
final class EndedGrants {
  private static final Actor.Component SELF = new Actor.Component("grants");

  private final GrantBook grants;
  private final RevocationDesk revocation;
  private final InstantSource clock;

  EndedGrants(GrantBook grants, RevocationDesk revocation, InstantSource clock) {
    this.grants = grants;
    this.revocation = revocation;
    this.clock = clock;
  }

  void revoke() {
    for (GrantBook.Left left : grants.leftBehind(clock.instant())) {
      try {
        revocation.revoke(
            SELF,
            left.authority(),
            left.serial(),
            Revocation.of(
                RevocationReason.PRIVILEGE_WITHDRAWN, "grant " + left.grant() + " has ended"));
      } catch (Refused meanwhile) {
        // Somebody else revoked it, or it has expired: what was to be is so.
      }
    }
  }
}
