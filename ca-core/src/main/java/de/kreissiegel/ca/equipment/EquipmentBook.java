package de.kreissiegel.ca.equipment;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Where it is kept what was handed out. */
public interface EquipmentBook {
  /** Stores a new one with its certificates; false if one of that kind and serial is out. */
  boolean insert(Transaction transaction, Equipment equipment);

  Optional<Equipment> find(UUID id);

  /** The same, locked until the transaction's end. */
  Optional<Equipment> lock(Transaction transaction, UUID id);

  /** Stores how one that is locked stands now. */
  void move(Transaction transaction, Equipment equipment);

  /**
   * Some of these tenants', the newest first.
   *
   * @param offset how many are left out before them
   * @param limit how many at most
   */
  List<Equipment> of(Set<TenantId> tenants, Which which, int offset, int limit);

  /** Which are looked for. */
  enum Which {
    /** Those that are out. */
    OUT,
    /** Those that have to come back, as {@link #due}. */
    DUE,
    ALL
  }

  /**
   * Which of those that are out have a holder who, as the directories were last read, is gone,
   * disabled, or works no longer for that tenant. None before a directory was read.
   */
  Set<UUID> due(Set<TenantId> tenants);
}
