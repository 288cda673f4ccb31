package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where tenants' decisions on escrow are kept. */
public interface DecisionBook {
  /**
   * Stores a new one in the state that it has.
   *
   * @return false if the tenant has one that hasn't ended; nothing is stored then
   */
  boolean insert(Transaction transaction, Decision decision);

  /** It, its row locked until the transaction's end. */
  Optional<Decision> lock(Transaction transaction, DecisionId id);

  /** Stores the state of one that is locked. */
  void change(Transaction transaction, Decision decision);

  /** The tenant's that is in force. */
  Optional<Decision.InForce> inForce(TenantId tenant);

  /** The tenant's newest that somebody consented to, whether it has ended or not. */
  Optional<Decision> lastConsented(TenantId tenant);

  /** Those of these tenants, newest first; 500 at most. */
  List<Decision> known(Set<TenantId> tenants);
}
