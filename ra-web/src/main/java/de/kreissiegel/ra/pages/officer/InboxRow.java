package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ra.pages.Orders;
import de.kreissiegel.ra.pages.RequestRow;
import de.kreissiegel.ra.pages.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An application in the inbox.
 *
 * @param row as in any list
 * @param kind the profile that it is filtered by
 * @param tenant the id that it is filtered by
 * @param asked whether it waits for the applicant's answer
 * @param passedOn whether nobody decided in time
 * @param mine whether this officer could decide on it now
 * @param days for how many whole days officers could have decided
 */
record InboxRow(
    RequestRow row,
    String kind,
    String tenant,
    boolean asked,
    boolean passedOn,
    boolean mine,
    long days) {
  static InboxRow of(
      List<CertificateRequest> parts, Actor.Person officer, Words words, Instant now) {
    var waiting = (CertificateRequest.AwaitingApproval) Orders.standing(parts);
    var content = waiting.content();
    boolean asked =
        parts.stream()
            .anyMatch(
                part ->
                    part instanceof CertificateRequest.AwaitingApproval one
                        && one.waiting().question().isPresent());
    boolean own =
        content.applicant().equals(officer.auditName())
            || content.subject().id().equals(officer.id());
    boolean approved =
        waiting.approvals().stream().anyMatch(one -> one.officer().equals(officer.id()));
    return new InboxRow(
        RequestRow.of(parts, words),
        parts.getFirst().content().profile().value(),
        content.tenant().value(),
        asked,
        waiting.waiting().passedOn().isPresent(),
        !asked && !own && !approved,
        Math.max(0, Duration.between(waiting.since(), now).toDays()));
  }
}
