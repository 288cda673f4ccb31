package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.hotline.PhoneCodeBook;
import de.kreissiegel.ca.hotline.StoredCode;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Phone codes in memory, for {@link SampleWiring}; nothing is rolled back, and no trail kept. */
final class SampleCodes implements PhoneCodeBook, Transactions {
  private final Map<SubjectId, StoredCode> codes = new ConcurrentHashMap<>();

  static Hotline.Books books(SampleDesks desks) {
    var codes = new SampleCodes();
    var certificates = mock(CertificateBook.class);
    when(certificates.ofSubjects(any())).thenAnswer(call -> desks.ofSubjects(call.getArgument(0)));
    return new Hotline.Books(codes, codes, certificates, mock(AuditTrail.class));
  }

  @Override
  public void put(Transaction transaction, SubjectId person, StoredCode code) {
    codes.put(person, code);
  }

  @Override
  public Optional<StoredCode> find(SubjectId person) {
    return Optional.ofNullable(codes.get(person));
  }

  @Override
  public Optional<StoredCode> lock(Transaction transaction, SubjectId person) {
    return find(person);
  }

  @Override
  public void countFailure(Transaction transaction, SubjectId person) {
    codes.computeIfPresent(
        person, (_, old) -> new StoredCode(old.hash(), old.createdAt(), old.failures() + 1));
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
      throws X {
    return work.in(mock(Transaction.class));
  }
}
