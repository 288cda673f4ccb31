package de.kreissiegel.ca.escrow;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where copies are kept: what is wrapped in one place, wrapping keys in another. */
public interface CopyBook {
  /**
   * Keeps a copy, if none of this key was ever kept.
   *
   * @return false if there was one; nothing is changed then
   */
  boolean put(Transaction transaction, EscrowCopy copy, Bytes wrapped, Bytes wrappingKey);

  /** What is wrapped; empty if it was erased. */
  Optional<Bytes> wrapped(Bytes keyHash);

  /** Those whose certificates name one of these, newest certificate first. */
  List<Escrowed> ofOwners(Collection<SubjectId> owners);

  /**
   * Those of these tenants whose owner's name has this text, newest certificate first.
   *
   * @param text small and large letters are one
   */
  List<Escrowed> ofTenants(Set<TenantId> tenants, String text, int atMost);

  /** How many copies each of these tenants has. */
  List<Kept> kept(Set<TenantId> tenants);

  /** How many. */
  record Kept(TenantId tenant, long copies) {}

  /**
   * Copies whose time is over, or whose key came into no certificate of their kind.
   *
   * @param orphanedBefore what was deposited before this and has no certificate and no open
   *     application is left over
   */
  List<Due> due(Transaction transaction, Instant now, Instant orphanedBefore, int atMost);

  /**
   * One that is to be erased.
   *
   * @param why {@code retention}, {@code unused} or {@code other-kind}
   */
  record Due(EscrowCopy copy, String why) {}

  /** Erases both parts; that there was a copy stays known. */
  void erase(Transaction transaction, Bytes keyHash, String why, Instant now);
}
