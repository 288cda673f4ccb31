package de.kreissiegel.ca.access;

import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of who may do what for which tenant. What needs an office needs a strong {@link Proof},
 * too. Who stands in for officers does what they do for those who apply and hold certificates;
 * neither the brake nor who is an officer is their affair. A revisor who reads another tenant by a
 * grant looks, and reviews nothing there. The help desk decides nothing, and takes nothing away for
 * good but for who calls and knows their code.
 */
public final class AccessRules {
  /** What looks or makes safer. Nothing is decided, let go or applied for by an emergency code. */
  private static final Set<Action> IN_EMERGENCIES =
      Set.of(
          Action.VIEW_APPLICATIONS,
          Action.VIEW_CERTIFICATES,
          Action.REVOKE,
          Action.HOLD,
          Action.REVOKE_BY_PHONE,
          Action.READ_AUDIT,
          Action.VIEW_HOUSE);

  private AccessRules() {}

  /** Whether the actor may do this for this tenant. */
  public static boolean allows(Actor actor, Action action, TenantId tenant) {
    return scope(actor, action).contains(tenant);
  }

  /**
   * The tenants for which the actor may do this; for components of the system the question is
   * {@link #allowsEverywhere}.
   */
  public static Set<TenantId> scope(Actor actor, Action action) {
    return switch (actor) {
      case Actor.Component _ -> Set.of();
      case Actor.Person person ->
          scope(person.proof().isStrong() ? person : person.outOfOffice(), action);
    };
  }

  private static Set<TenantId> scope(Actor.Person person, Action action) {
    if (person.proof() == Proof.EMERGENCY && !IN_EMERGENCIES.contains(action)) {
      return Set.of();
    }
    return switch (action) {
      case APPLY, VIEW_OWN, WITHDRAW_OWN, REVOKE_OWN -> person.tenants();
      case DECIDE, REVOKE, RELEASE, APPLY_FOR_OTHERS, MANAGE_EQUIPMENT -> decidesFor(person);
      case HOLD, REVOKE_BY_PHONE -> union(decidesFor(person), person.duties().helps());
      case MANAGE_REFUSAL_TEXTS -> person.officerFor();
      case APPOINT, GRANT_ACROSS -> person.appointsFor();
      case DECIDE_PLAN, MANAGE_GRANTS, DECIDE_ESCROW, RECOVER, RUN_CAMPAIGNS ->
          union(person.officerFor(), person.appointsFor());
      case VIEW_ESCROW -> union(person.officerFor(), person.appointsFor(), audits(person));
      case VIEW_GRANTS ->
          union(
              person.officerFor(),
              person.appointsFor(),
              audits(person),
              person.duties().managesAccess());
      case VIEW_APPLICATIONS, VIEW_CERTIFICATES ->
          union(person.officerFor(), person.standsInFor(), audits(person));
      case READ_AUDIT -> audits(person);
      case REVISE -> person.auditorFor();
      case VIEW_READS -> person.duties().protectsData();
      case VIEW_HOUSE ->
          union(
              person.auditorFor(),
              person.appointsFor(),
              person.duties().operates(),
              person.duties().administers());
      case VIEW_ROLES ->
          union(
              person.officerFor(),
              person.appointsFor(),
              person.auditorFor(),
              person.standsInFor(),
              person.duties().operates(),
              person.duties().administers(),
              person.duties().managesAccess(),
              person.duties().protectsData());
      case VIEW_ROLE_CONFLICTS ->
          union(person.auditorFor(), person.appointsFor(), person.duties().managesAccess());
      case HELP -> person.duties().helps();
    };
  }

  private static Set<TenantId> decidesFor(Actor.Person person) {
    return union(person.officerFor(), person.standsInFor());
  }

  /** What a revisor reads, by the directory or by a grant. */
  private static Set<TenantId> audits(Actor.Person person) {
    return union(person.auditorFor(), person.duties().reads());
  }

  /** Whether the actor is a part of the system that may do this for every tenant. */
  public static boolean allowsEverywhere(Actor actor, Action action) {
    return switch (actor) {
      case Actor.Person _ -> false;
      case Actor.Component component ->
          switch (action) {
            case APPLY, REVOKE -> true;
            // What it held itself, when who left is back.
            case RELEASE -> component.equals(Actor.Component.DIRECTORY);
            default -> false;
          };
    };
  }

  @SafeVarargs
  private static Set<TenantId> union(Set<TenantId>... some) {
    return Arrays.stream(some).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
  }
}
