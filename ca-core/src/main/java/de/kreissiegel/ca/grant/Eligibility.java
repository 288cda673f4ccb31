package de.kreissiegel.ca.grant;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.tenancy.TenantId;

/** Who may stand in for whom, as the directory says: asked when it is proposed, and ever after. */
final class Eligibility {
  private Eligibility() {}

  /**
   * Who works there, or is a registration officer elsewhere. Auditors never: who looks at what was
   * decided doesn't decide (TR-03145-1, Role.Req.12). Nor the help desk, which approves nothing.
   */
  static boolean mayStandIn(Actor.Person person, TenantId tenant) {
    return !person.isAuditor()
        && !person.isHelpDesk()
        && (person.tenants().contains(tenant) || person.holdsOwnOffice());
  }
}
