package de.kreissiegel.ca.wording;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Where tenants' own reasons for refusing are kept. */
public interface RefusalTextBook {
  /** Those of these tenants, by tenant and title. */
  List<RefusalText> of(Set<TenantId> tenants);

  /** One, its row locked until the transaction ends. */
  Optional<RefusalText> lock(Transaction transaction, UUID id);

  /**
   * Keeps a new one.
   *
   * @param most unless the tenant has so many already
   * @return whether it is kept
   */
  boolean insert(Transaction transaction, RefusalText text, int most);

  /** Keeps what changed of its words. */
  void change(Transaction transaction, RefusalText text);

  /** Deletes one. */
  void delete(Transaction transaction, UUID id);
}
