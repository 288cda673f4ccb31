package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where officers see what the brake holds, and let it go: two of them, each for the same state of
 * the plan. What isn't so any more leaves a plan by itself.
 */
public final class PlanDesk {
  private static final int CONSENTS = 2;

  private final PlanBook plans;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  PlanDesk(PlanBook plans, Transactions transactions, AuditTrail audit, Clock clock) {
    this.plans = plans;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** The open plans of the tenants for whom this actor decides, the oldest first. */
  public List<HeldPlan> open(Actor actor) {
    return plans.open(AccessRules.scope(actor, Action.DECIDE_PLAN));
  }

  /**
   * One of them.
   *
   * @throws Refused NOT_FOUND if it isn't open, or not for this actor
   */
  public HeldPlan view(Actor actor, UUID plan) throws Refused {
    return open(actor).stream()
        .filter(one -> one.id().equals(plan))
        .findFirst()
        .orElseThrow(() -> notFound(plan));
  }

  /**
   * Consents to a plan as it was seen; with the second officer's consent it is done.
   *
   * @param revision of the plan that was seen
   * @return whether it is done now
   * @throws Refused NOT_FOUND (not open, or not for this actor), SAME_OFFICER, OWN_APPLICATION (the
   *     officer is among those whom it concerns), WRONG_STATE (it has changed since)
   */
  public boolean consent(Actor.Person officer, UUID id, int revision) throws Refused {
    return transactions.<Boolean, Refused>inTransaction(
        transaction -> {
          HeldPlan plan =
              plans
                  .lock(transaction, id)
                  .filter(one -> AccessRules.allows(officer, Action.DECIDE_PLAN, one.tenant()))
                  .orElseThrow(() -> notFound(id));
          check(officer, plan, revision);
          plans.consent(transaction, plan, officer.auditName(), clock.instant());
          boolean done = plan.consents().size() + 1 >= CONSENTS;
          if (done) {
            plans.release(transaction, plan, clock.instant());
          }
          tell(transaction, officer, plan, done);
          return done;
        });
  }

  private static void check(Actor.Person officer, HeldPlan plan, int revision) throws Refused {
    if (plan.revision() != revision) {
      throw new Refused(RefusalReason.WRONG_STATE, "the plan has changed since it was read");
    }
    if (plan.consents().contains(officer.auditName())) {
      throw new Refused(RefusalReason.SAME_OFFICER, "consented already");
    }
    if (plan.items().stream().anyMatch(item -> item.subject().equals(officer.id()))) {
      throw new Refused(RefusalReason.OWN_APPLICATION, "the plan concerns the officer");
    }
  }

  private void tell(Transaction transaction, Actor officer, HeldPlan plan, boolean done) {
    audit.append(
        transaction,
        officer,
        done ? "plan.released" : "plan.consented",
        Optional.of(plan.tenant()),
        "plan:" + plan.id(),
        "%d changes in the directory, revision %d".formatted(plan.items().size(), plan.revision()));
  }

  private static Refused notFound(UUID plan) {
    return new Refused(RefusalReason.NOT_FOUND, "no plan " + plan);
  }
}
