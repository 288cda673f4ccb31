package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;

/** Where certificates are published: the shared directory. Both methods may be called twice. */
public interface CertificatePublisher {
  /**
   * Adds the certificate to the subject's entry, and touches no other value there. Does nothing if
   * the entry is gone or has it already.
   */
  void publish(SubjectId subject, Bytes certificate) throws DirectoryUnavailable;

  /** Removes this certificate, and no other value. Does nothing if it isn't there. */
  void withdraw(SubjectId subject, Bytes certificate) throws DirectoryUnavailable;
}
