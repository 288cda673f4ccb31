package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.registration.CertificateRequest;
import java.time.Instant;

/**
 * An application in a list.
 *
 * @param id its id
 * @param title which kind of certificate
 * @param subject whom it shall name
 * @param applicant who asked
 * @param tenant for which administration
 * @param mark how it stands
 * @param at when it was asked
 */
public record RequestRow(
    String id,
    String title,
    String subject,
    String applicant,
    String tenant,
    Mark mark,
    Instant at) {
  public static RequestRow of(CertificateRequest request, Words words) {
    var content = request.content();
    return new RequestRow(
        content.id().toString(),
        words.profile(content.profile()),
        content.subject().commonName(),
        content.applicantName(),
        words.tenant(content.tenant()),
        RequestState.mark(request),
        content.submittedAt());
  }
}
