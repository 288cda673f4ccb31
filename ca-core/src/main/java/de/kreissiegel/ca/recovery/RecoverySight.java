package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.escrow.CopyBook;
import de.kreissiegel.ca.escrow.Escrowed;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.util.List;
import java.util.Set;

/** Who sees what of recoveries. */
final class RecoverySight {
  private static final int MOST = 200;

  private final RecoveryBook book;
  private final CopyBook copies;
  private final Ownership ownership;

  RecoverySight(RecoveryBook book, CopyBook copies, Ownership ownership) {
    this.book = book;
    this.copies = copies;
    this.ownership = ownership;
  }

  List<Recovery> all(Actor.Person actor) {
    return book.ofTenants(AccessRules.scope(actor, Action.VIEW_ESCROW));
  }

  List<Recovery> own(Actor.Person person) {
    return book.of(ownership.subjectsOf(person), person.id());
  }

  List<Escrowed> candidates(Actor.Person actor, String text) {
    var tenants = AccessRules.scope(actor, Action.RECOVER);
    return tenants.isEmpty() ? List.of() : copies.ofTenants(tenants, text.strip(), MOST);
  }

  Recovery view(Actor.Person actor, RecoveryId id) throws Refused {
    return book.find(id)
        .filter(one -> sees(actor, one))
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such recovery"));
  }

  boolean sees(Actor.Person actor, Recovery recovery) {
    Recovery.Terms terms = recovery.terms();
    return AccessRules.allows(actor, Action.VIEW_ESCROW, terms.tenant())
        || terms.collector().equals(actor.id())
        || terms.requested().by().equals(actor.id())
        || owns(actor, recovery);
  }

  boolean owns(Actor.Person actor, Recovery recovery) {
    return ownership.subjectsOf(actor).contains(recovery.terms().owner());
  }

  /**
   * That the keys aren't theirs, nor of what they answer for.
   *
   * @throws Refused OWN_APPLICATION
   */
  void forbidOwn(Actor.Person actor, Recovery recovery) throws Refused {
    if (owns(actor, recovery)) {
      throw new Refused(RefusalReason.OWN_APPLICATION, "nobody signs for keys of their own");
    }
  }

  static boolean isOfficerFor(Actor.Person actor, Recovery recovery) {
    return AccessRules.allows(actor, Action.RECOVER, recovery.terms().tenant());
  }

  /**
   * @throws Refused NOT_FOUND, NOT_AUTHORIZED
   */
  void requireOfficer(Actor.Person actor, Recovery recovery) throws Refused {
    if (!sees(actor, recovery)) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such recovery");
    }
    if (!isOfficerFor(actor, recovery)) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED, "officers of the tenant and who appoints them decide");
    }
  }

  /** Escrowed keys of one owner in one tenant, those that weren't erased. */
  List<Escrowed> keysOf(RecoveryWish wish) {
    return copies.ofOwners(Set.of(wish.owner())).stream()
        .filter(one -> one.copy().tenant().equals(wish.tenant()))
        .toList();
  }

  /** Whether these are the actor's own keys. */
  boolean isOwn(Actor.Person actor, RecoveryWish wish) {
    return AccessRules.allows(actor, Action.VIEW_OWN, wish.tenant())
        && ownership.subjectsOf(actor).contains(wish.owner());
  }
}
