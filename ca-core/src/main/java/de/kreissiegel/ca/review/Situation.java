package de.kreissiegel.ca.review;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.Standing;
import de.kreissiegel.ca.subject.Subject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known when a request is looked at.
 *
 * @param asked the request
 * @param entry the directory's entry now
 * @param certificates the subject's, as far as the officer may see them
 * @param requests the subject's others, as far as the officer may see them
 * @param known what the house remembers of the subject
 * @param now when it is looked at
 * @param zone whose hours these are
 */
record Situation(
    CertificateRequest.Content asked,
    Entry entry,
    List<StoredCertificate> certificates,
    List<CertificateRequest> requests,
    Known known,
    Instant now,
    ZoneId zone) {
  /** What the directory says. */
  sealed interface Entry {
    /** It has the subject. */
    record There(Subject subject) implements Entry {}

    /** It has it no more. */
    record Gone() implements Entry {}

    /** It can't be asked. */
    record Unknown() implements Entry {}
  }

  /**
   * What the house remembers.
   *
   * @param standing how the directory had the subject when it was last read, if it did
   * @param pending changes that were seen and haven't taken effect
   * @param joined when they were last seen to be new
   * @param newMailDomain whether the tenant has certificates, and none with this mail domain
   */
  record Known(
      Optional<Standing> standing,
      Set<Change.Kind> pending,
      Optional<Instant> joined,
      boolean newMailDomain) {
    static final Known NOTHING = new Known(Optional.empty(), Set.of(), Optional.empty(), false);
  }
}
