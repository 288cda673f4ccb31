package de.kreissiegel.ca.pseudonym;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Whose each pseudonym is. Nothing is ever taken away but the name and the person, when their time
 * is over; a salted commitment to the name stays, so that it stays taken.
 */
public interface PseudonymBook {
  /**
   * Makes it the person's, unless it is or was another's; whoever does the same elsewhere waits
   * until this transaction's end.
   *
   * @return whether it is theirs now
   */
  boolean claim(
      Transaction transaction, Pseudonym pseudonym, SubjectId person, TenantId tenant, Instant now);

  /** Whether {@link #claim} would say yes now. */
  boolean isFree(Pseudonym pseudonym, SubjectId person, TenantId tenant);

  /** Whose it is, by {@link Pseudonym#holder}. */
  Optional<Bearer> bearer(SubjectId holder);

  /** The holders that a person's certificates name. */
  Set<SubjectId> holdersOf(SubjectId person);

  /**
   * Who bears a pseudonym.
   *
   * @param name the pseudonym
   * @param person their id in the directory
   * @param tenant for which tenant
   */
  record Bearer(String name, SubjectId person, TenantId tenant) {}
}
