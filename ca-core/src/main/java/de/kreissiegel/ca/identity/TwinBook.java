package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Who may be recorded twice, and what officers said of it. */
public interface TwinBook extends SameHumans {
  /** So many are told at once. */
  int MOST = 200;

  /**
   * Entries for people, at least one of the two of these tenants, that share a mail address, or
   * name and home; what nobody has said anything of first, {@value #MOST} at most.
   */
  List<Twins> candidates(Set<TenantId> tenants);

  /** Notes what an officer says of two; what was said before is replaced. */
  void say(
      Transaction transaction,
      SubjectId one,
      SubjectId other,
      boolean same,
      Actor.Person officer,
      Instant at);
}
