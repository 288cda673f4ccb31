package de.kreissiegel.ra.pages;

import static org.mockito.Mockito.mock;

import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.grant.Grant;
import de.kreissiegel.ca.grant.GrantBook;
import de.kreissiegel.ca.grant.GrantDesk;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The real desk for grants, over a book in memory. */
final class SampleGrants implements GrantBook, Transactions {
  private final Map<GrantId, Grant> grants = new LinkedHashMap<>();

  GrantDesk desk(StaffLogin staff, SubjectDirectory directory, Clock clock, SecureRandom random) {
    return new GrantDesk(
        this, this, mock(AuditTrail.class), new GrantDesk.People(staff, directory), clock, random);
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
      throws X {
    return work.in(mock(Transaction.class));
  }

  @Override
  public void insert(Transaction transaction, Grant grant) {
    grants.put(grant.id(), grant);
  }

  @Override
  public Optional<Grant> find(GrantId id) {
    return Optional.ofNullable(grants.get(id));
  }

  @Override
  public Optional<Grant> lock(Transaction transaction, GrantId id) {
    return find(id);
  }

  @Override
  public void change(Transaction transaction, Grant grant) {
    grants.put(grant.id(), grant);
  }

  @Override
  public List<Left> leftBehind(Instant now) {
    return List.of();
  }

  @Override
  public List<Grant> known(Set<TenantId> tenants, SubjectId person) {
    return grants.values().stream()
        .filter(
            one -> tenants.contains(one.terms().tenant()) || one.terms().person().equals(person))
        .toList()
        .reversed();
  }

  @Override
  public List<Grant.InForce> of(SubjectId person, Instant now) {
    return all(person, now).stream()
        .filter(one -> one.terms().right() == Grant.Right.STAND_IN)
        .toList();
  }

  @Override
  public List<Grant.InForce> all(SubjectId person, Instant now) {
    return grants.values().stream()
        .filter(one -> one.terms().person().equals(person) && one.holds(now))
        .map(Grant.InForce.class::cast)
        .toList();
  }
}
