package de.kreissiegel.ra.pages;

import static org.mockito.Mockito.mock;

import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.handover.HandoverBook;
import de.kreissiegel.ca.handover.HandoverDesk;
import de.kreissiegel.ca.handover.HandoverId;
import de.kreissiegel.ca.handover.StoredHandover;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files on their way to phones in memory, for {@link SampleWiring}; no trail is kept. */
final class SampleHandovers implements HandoverBook, Transactions {
  final Map<HandoverId, StoredHandover> all = new ConcurrentHashMap<>();

  HandoverDesk.Books books() {
    return new HandoverDesk.Books(this, this, mock(AuditTrail.class));
  }

  /** Lets their time be over. */
  void age(Duration by) {
    all.replaceAll((_, one) -> with(one, one.until().minus(by), one.failures()));
  }

  private static StoredHandover with(StoredHandover one, Instant until, int failures) {
    return new StoredHandover(
        one.id(), one.certificate(), one.tenant(), one.code(), one.sealed(), until, failures);
  }

  @Override
  public void put(Transaction transaction, StoredHandover handover) {
    all.values().removeIf(one -> one.certificate().equals(handover.certificate()));
    all.put(handover.id(), handover);
  }

  @Override
  public Optional<StoredHandover> lock(Transaction transaction, HandoverId id) {
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public void countFailure(Transaction transaction, HandoverId id) {
    all.computeIfPresent(id, (_, one) -> with(one, one.until(), one.failures() + 1));
  }

  @Override
  public void destroy(Transaction transaction, HandoverId id) {
    all.remove(id);
  }

  @Override
  public List<StoredHandover> lockExpired(Transaction transaction, Instant now) {
    return all.values().stream().filter(one -> !now.isBefore(one.until())).toList();
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
      throws X {
    return work.in(mock(Transaction.class));
  }
}
