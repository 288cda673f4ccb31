package de.kreissiegel.ca.roles;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.util.List;

/** Who holds which office by which group, and whose don't count. */
public final class RoleDesk {
  private final ConflictBook book;
  private final List<RoleSource> sources;

  /**
   * @param sources which groups give which offices
   */
  public RoleDesk(ConflictBook book, List<RoleSource> sources) {
    this.book = book;
    this.sources = List.copyOf(sources);
  }

  /**
   * Which groups give which offices.
   *
   * @throws Refused NOT_AUTHORIZED for who holds no office
   */
  public List<RoleSource> sources(Actor actor) throws Refused {
    if (AccessRules.scope(actor, Action.VIEW_ROLES).isEmpty()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "who holds an office sees who holds which");
    }
    return sources;
  }

  /** Whose offices don't count, for those whose affair that is; for others nobody's. */
  public List<Conflict> conflicts(Actor actor) {
    return AccessRules.scope(actor, Action.VIEW_ROLE_CONFLICTS).isEmpty()
        ? List.of()
        : book.lasting();
  }
}
