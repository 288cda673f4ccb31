package de.kreissiegel.ca.review;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.Refusal;
import de.kreissiegel.ca.registration.CertificateRequest;
import java.util.List;
import java.util.Optional;

/**
 * What speaks for and against.
 *
 * @param hints at risks, those that weigh most first
 * @param objection what the linter or a rule of the house says against the certificate to be; empty
 *     if nothing does
 * @param requests the subject's other requests, as far as the officer may see them, newest first
 * @param certificates the subject's certificates, as far as the officer may see them
 * @param linked how many other entries are the same human by officers' word
 */
public record Review(
    List<RiskHint> hints,
    Optional<Refusal> objection,
    List<CertificateRequest> requests,
    List<StoredCertificate> certificates,
    int linked) {
  public Review {
    hints = List.copyOf(hints);
    requests = List.copyOf(requests);
    certificates = List.copyOf(certificates);
  }
}
