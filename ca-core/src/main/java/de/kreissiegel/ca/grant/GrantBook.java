package de.kreissiegel.ca.grant;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where grants are kept. */
public interface GrantBook extends RunningGrants {
  /** Stores a new one in the state that it has. */
  void insert(Transaction transaction, Grant grant);

  /** As it is now. */
  Optional<Grant> find(GrantId id);

  /** It, its row locked until the transaction's end. */
  Optional<Grant> lock(Transaction transaction, GrantId id);

  /** Stores the state of one that is locked. */
  void change(Transaction transaction, Grant grant);

  /** Certificates that are good, and were made for grants that were ended since. */
  List<Left> leftBehind(Instant now);

  /** One of them. */
  record Left(GrantId grant, AuthorityName authority, SerialNumber serial) {}

  /** Those for these tenants and those of this person, newest first; 500 at most. */
  List<Grant> known(Set<TenantId> tenants, SubjectId person);
}
