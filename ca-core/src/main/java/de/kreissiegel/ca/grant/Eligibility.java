package de.kreissiegel.ca.grant;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.RoleMatrix;
import de.kreissiegel.ca.tenancy.TenantId;

/** Who may have which grant, as the directory says: asked when it is proposed, and ever after. */
final class Eligibility {
  private Eligibility() {}

  static boolean mayHave(Grant.Right right, Actor.Person person, TenantId tenant) {
    return switch (right) {
      case STAND_IN -> mayStandIn(person, tenant);
      case READ -> mayRead(person, tenant);
    };
  }

  /**
   * Whom the directory names a revisor, of another tenant: a grant makes nobody a revisor. Whoever
   * holds an office that excludes this one reads nothing by it.
   */
  private static boolean mayRead(Actor.Person person, TenantId tenant) {
    return person.duties().refused().isEmpty()
        && person.isAuditor()
        && RoleMatrix.of(person).stream().noneMatch(Office.REVISOR::excludes)
        && !person.auditorFor().contains(tenant);
  }

  /**
   * Who works there, or is a registration officer elsewhere. Whoever holds an office that excludes
   * this one never does (TR-03145-1, Role.Req.12), nor who was given several that exclude each
   * other and holds none of them now; nor does the help desk, which approves nothing.
   */
  private static boolean mayStandIn(Actor.Person person, TenantId tenant) {
    return person.duties().refused().isEmpty()
        && RoleMatrix.of(person).stream().noneMatch(Office.RA_OPERATOR::excludes)
        && !person.isHelpDesk()
        && (person.tenants().contains(tenant) || person.holdsOwnOffice());
  }
}
