package de.kreissiegel.ca.helpdesk;

import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.hotline.StoredCode;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.subject.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the help desk sees of a person; nothing of what bears a pseudonym.
 *
 * @param person as the directory has them
 * @param certificates theirs, and of what they answer for, newest first
 * @param requests by them or for them, newest first
 * @param letters to them as a holder or an applicant, newest first
 * @param sending whether letters are sent at all
 * @param code whether they have a code for the phone
 * @param history what was done with their certificates and requests, newest first
 */
public record PersonFile(
    Subject person,
    List<StoredCertificate> certificates,
    List<CertificateRequest> requests,
    List<LetterBook.Sent> letters,
    boolean sending,
    PhoneCodeState code,
    List<AuditEvent> history) {
  public PersonFile {
    certificates = List.copyOf(certificates);
    requests = List.copyOf(requests);
    letters = List.copyOf(letters);
    history = List.copyOf(history);
  }

  /**
   * How it stands with a code for the phone.
   *
   * @param since when it was made; empty if there is none
   * @param locked whether it was tried too often
   */
  public record PhoneCodeState(Optional<Instant> since, boolean locked) {
    static PhoneCodeState of(Optional<StoredCode> code) {
      return new PhoneCodeState(
          code.map(StoredCode::createdAt), code.filter(StoredCode::isLocked).isPresent());
    }
  }
}
