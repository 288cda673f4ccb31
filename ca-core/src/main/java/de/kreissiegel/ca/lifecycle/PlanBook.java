package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Plans and their items, as they are kept. */
public interface PlanBook {
  /** Those of these who have a certificate that is good or held, or an open request. */
  Set<SubjectId> watched(Transaction transaction, Collection<SubjectId> subjects, Instant now);

  /** Those of these who had something suspended or will lose it, from which they may return. */
  Set<SubjectId> affected(Transaction transaction, Collection<SubjectId> subjects);

  /** How many of a tenant have a certificate that is good or held. */
  int holders(Transaction transaction, TenantId tenant, Instant now);

  /**
   * Subjects with a certificate or an open request who stand in no roster or as disabled there, and
   * of whom no item is open.
   */
  List<Holder> unaccounted(Instant now, int most);

  /**
   * Who holds or applies for something.
   *
   * @param tenant of the certificate or request
   * @param name as the certificate or request names them
   */
  record Holder(SubjectId subject, TenantId tenant, String name) {}

  void add(Transaction transaction, List<PlanItem> items);

  /**
   * It isn't so any more: items of the subject of these kinds that aren't done are withdrawn.
   *
   * @param nowWorksFor moves away from tenants that aren't among these stay
   */
  void withdraw(
      Transaction transaction,
      SubjectId subject,
      Set<Change.Kind> kinds,
      Set<TenantId> nowWorksFor,
      Instant now);

  /** Items of readings of this directory that are complete now. */
  List<PlanItem> gathered(Transaction transaction, DirectoryName directory);

  /** Items that a plan holds. */
  List<PlanItem> held(Transaction transaction, Change.Kind kind);

  /** Who lost something since then or is about to, by changes of these kinds, by tenant. */
  Map<TenantId, Set<SubjectId>> leaving(
      Transaction transaction, Set<Change.Kind> kinds, Instant since);

  /** These are to be done. */
  void release(Transaction transaction, Collection<PlanItem> items);

  /**
   * These wait for two officers, in the plan that is open for the tenant, or in a new one.
   *
   * @return whether it is a new one
   */
  boolean hold(
      Transaction transaction,
      TenantId tenant,
      Brake.Stop stop,
      Collection<PlanItem> items,
      Instant now);

  boolean isAnyHeld();

  /** The open plans of these tenants, the oldest first. */
  List<HeldPlan> open(Set<TenantId> tenants);

  /** An open plan, locked to the end of the transaction. */
  Optional<HeldPlan> lock(Transaction transaction, UUID plan);

  void consent(Transaction transaction, HeldPlan plan, String officer, Instant now);

  /** All of it is to be done. */
  void release(Transaction transaction, HeldPlan plan, Instant now);

  /** The next items to be done, in order, without the first few. */
  List<PlanItem> due(int without, int most);

  void done(PlanItem item, Instant now);
}
