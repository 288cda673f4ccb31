package de.kreissiegel.ca.review;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Rehearsal;
import java.util.List;
import java.util.Optional;

/**
 * What speaks for and against.
 *
 * @param hints at risks, those that weigh most first
 * @param rehearsal what the linter and the rules of the house say of the certificate to be; empty
 *     once it is decided
 * @param requests the subject's other requests, as far as the officer may see them, newest first
 * @param certificates the subject's certificates, as far as the officer may see them
 * @param linked how many other entries are the same human by officers' word
 */
public record Review(
    List<RiskHint> hints,
    Optional<Rehearsal> rehearsal,
    List<CertificateRequest> requests,
    List<StoredCertificate> certificates,
    int linked) {
  public Review {
    hints = List.copyOf(hints);
    requests = List.copyOf(requests);
    certificates = List.copyOf(certificates);
  }
}
