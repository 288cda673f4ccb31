package de.kreissiegel.ca.hotline;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.util.Optional;

/** Where codes are kept, as hashes. */
public interface PhoneCodeBook {
  /** Keeps a person's code in place of an older one. */
  void put(Transaction transaction, SubjectId person, StoredCode code);

  Optional<StoredCode> find(SubjectId person);

  /** The same within a transaction, its row locked until the end. */
  Optional<StoredCode> lock(Transaction transaction, SubjectId person);

  /** Counts a wrong code for one that {@link #lock} has locked and that isn't at its limit. */
  void countFailure(Transaction transaction, SubjectId person);
}
