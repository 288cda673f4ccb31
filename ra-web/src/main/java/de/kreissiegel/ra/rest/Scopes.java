package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;

/** Answers "you may not" to who has no tenant at all for something, rather than an empty list. */
final class Scopes {
  private Scopes() {}

  static void require(Actor.Person person, Action action) throws Refused {
    if (AccessRules.scope(person, action).isEmpty()) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED, "none of your groups allows " + action + " for any tenant");
    }
  }
}
