package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.publication.Outbox;
import de.kreissiegel.ca.transaction.Transaction;

/**
 * A change of status and all that goes with it, in one transaction.
 *
 * @param actor who does it
 * @param action what the audit trail calls it
 * @param why the reason
 * @param note more words; may be empty
 */
record StatusChange(Actor actor, String action, String why, String note) {
  /** Writes it down, for a certificate that is locked. */
  void write(
      Transaction transaction,
      RevocationDesk.Books books,
      StoredCertificate certificate,
      CertificateStatus status) {
    books
        .certificates()
        .setStatus(transaction, certificate.authority(), certificate.serial(), status);
    // A hold leaves it in the directory: it may come back, and status tells of it.
    if (status instanceof CertificateStatus.Revoked) {
      certificate
          .subject()
          .filter(subject -> !Pseudonym.isHolder(subject)) // in no entry of the directory
          .ifPresent(
              subject ->
                  books
                      .outbox()
                      .enqueue(
                          transaction,
                          Outbox.Task.WITHDRAW,
                          subject,
                          certificate.authority(),
                          certificate.serial()));
    }
    books
        .audit()
        .append(
            transaction,
            actor,
            action,
            certificate.tenant(),
            certificate.auditName(),
            detailFor(certificate));
  }

  private String detailFor(StoredCertificate certificate) {
    String of = why + ": " + certificate.subjectName();
    return note.isBlank() ? of : of + "; " + note.strip();
  }
}
