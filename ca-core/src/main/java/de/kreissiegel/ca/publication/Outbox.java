package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;

/** What is to be done outside after the commit, written with the change that causes it. */
public interface Outbox {
  /** Enqueues a publication or its withdrawal, for each directory that there is. */
  void enqueue(
      Transaction transaction,
      Task task,
      SubjectId subject,
      AuthorityName authority,
      SerialNumber serial);

  /** What is to be done. */
  enum Task {
    /** Put the certificate into the subject's entry in the directory. */
    PUBLISH,
    /** Take it out again. */
    WITHDRAW
  }
}
