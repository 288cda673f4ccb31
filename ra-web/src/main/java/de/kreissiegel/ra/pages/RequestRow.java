package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.registration.CertificateRequest;
import java.time.Instant;
import java.util.List;

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
  /** Requests as a list shows them: the parts of an order in one row. */
  public static List<RequestRow> all(List<? extends CertificateRequest> requests, Words words) {
    return Orders.grouped(requests).stream().map(parts -> of(parts, words)).toList();
  }

  /** One row for all parts of an order. */
  public static RequestRow of(List<CertificateRequest> parts, Words words) {
    var request = Orders.standing(parts);
    var content = parts.getFirst().content();
    return new RequestRow(
        content.id().toString(),
        words.joined(parts.stream().map(part -> words.profile(part.content().profile())).toList()),
        content.subject().commonName(),
        content.applicantName(),
        words.tenant(content.tenant()),
        RequestState.mark(request),
        content.submittedAt());
  }
}
