package de.kreissiegel.ca.identity;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.util.Collection;
import java.util.List;

/** Where checks are kept; they are only added to. */
public interface CheckBook {
  /** Adds one. */
  void add(Transaction transaction, CheckRecord check);

  /** All of these people, the newest first. */
  List<CheckRecord> of(Collection<SubjectId> subjects);
}
