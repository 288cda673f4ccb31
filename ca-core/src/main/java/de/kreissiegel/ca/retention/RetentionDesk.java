package de.kreissiegel.ca.retention;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Plans the erasure of what is due, and does it. */
public final class RetentionDesk {
  /** So many are erased in one transaction, with its event. */
  private static final int AT_ONCE = 5000;

  private final RetentionRules rules;
  private final RetentionBook book;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  public RetentionDesk(
      RetentionRules rules,
      RetentionBook book,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this.rules = rules;
    this.book = book;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What is due of a class.
   *
   * @param period how long it is kept
   * @param endedBefore what ended before this is due
   * @param due how much that is
   */
  public record Plan(
      RetentionClass which, Period period, Instant endedBefore, RetentionBook.Due due) {}

  /** What would be erased now. Changes nothing. */
  public List<Plan> plan() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return Arrays.stream(RetentionClass.values())
        .map(
            which -> {
              Instant before = rules.endOf(which, now);
              return new Plan(which, rules.of(which), before, book.due(which, before));
            })
        .toList();
  }

  /**
   * Erases what is due, in portions: each is whole, with an event {@code retention.applied} in the
   * same transaction.
   *
   * @param actor who answers for it
   * @return the plan that was carried out, with how much it was
   */
  public List<Plan> apply(Actor actor) {
    var done = new ArrayList<Plan>();
    for (Plan plan : plan()) {
      long erased = 0;
      for (int some = erase(actor, plan); some > 0; some = erase(actor, plan)) {
        erased += some;
      }
      done.add(
          new Plan(
              plan.which(),
              plan.period(),
              plan.endedBefore(),
              new RetentionBook.Due(erased, plan.due().oldest())));
    }
    return List.copyOf(done);
  }

  private int erase(Actor actor, Plan plan) {
    return transactions.<Integer, RuntimeException>inTransaction(
        transaction -> {
          int erased =
              book.erase(transaction, plan.which(), plan.endedBefore(), clock.instant(), AT_ONCE);
          if (erased > 0) {
            audit.append(
                transaction,
                actor,
                "retention.applied",
                Optional.empty(),
                "retention:" + plan.which(),
                "erased=%d period=%s endedBefore=%s"
                    .formatted(erased, plan.period(), plan.endedBefore()));
          }
          return erased;
        });
  }
}
