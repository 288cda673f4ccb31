package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who may be recorded twice: officers say whether two entries are the same human. */
public final class TwinDesk implements SameHumans {
  private final TwinBook book;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  public TwinDesk(TwinBook book, Transactions transactions, AuditTrail audit, Clock clock) {
    this.book = book;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** Those of whom at least one belongs to the officer's tenants. */
  public List<Twins> candidates(Actor.Person officer) {
    Set<TenantId> tenants = AccessRules.scope(officer, Action.DECIDE);
    return tenants.isEmpty() ? List.of() : book.candidates(tenants);
  }

  @Override
  public Set<SubjectId> same(SubjectId subject) {
    return book.same(subject);
  }

  /**
   * An officer says whether two entries are the same human. It can be said anew.
   *
   * @throws Refused NOT_FOUND if they are none of {@link #candidates}; OWN_APPLICATION if the
   *     officer is one of them
   */
  public void say(Actor.Person officer, SubjectId one, SubjectId other, boolean same)
      throws Refused {
    if (officer.id().equals(one) || officer.id().equals(other)) {
      throw new Refused(RefusalReason.OWN_APPLICATION, "nobody decides who they are themselves");
    }
    Twins twins =
        candidates(officer).stream()
            .filter(pair -> isOf(pair, one, other))
            .findFirst()
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such two"));
    Set<TenantId> scope = AccessRules.scope(officer, Action.DECIDE);
    Optional<TenantId> tenant =
        Stream.of(twins.one(), twins.other())
            .flatMap(entry -> entry.tenants().stream())
            .filter(scope::contains)
            .sorted()
            .findFirst();
    transactions.<Boolean, RuntimeException>inTransaction(
        transaction -> {
          book.say(
              transaction,
              twins.one().subject(),
              twins.other().subject(),
              same,
              officer,
              clock.instant().truncatedTo(ChronoUnit.MICROS));
          audit.append(
              transaction,
              officer,
              same ? "person.linked" : "person.not-the-same",
              tenant,
              "person:" + twins.one().subject(),
              "other=" + twins.other().subject());
          return true;
        });
  }

  private static boolean isOf(Twins pair, SubjectId one, SubjectId other) {
    Set<SubjectId> both = Set.of(pair.one().subject(), pair.other().subject());
    return !one.equals(other) && both.contains(one) && both.contains(other);
  }
}
