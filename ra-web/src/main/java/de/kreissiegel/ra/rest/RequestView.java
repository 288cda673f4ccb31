package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.FieldValue;
import de.kreissiegel.ca.registration.FieldValues;
import de.kreissiegel.ca.registration.Question;
import de.kreissiegel.ca.registration.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request for a certificate.
 *
 * @param state submitted, awaitingApproval, approved, issued, refused, withdrawn or expired
 * @param wishes the names that the CSR wished for
 * @param fields what people said of its fields; the directory confirms none of it
 * @param order of which order it is a part
 * @param approvals the officers' yeses so far
 * @param approvalsNeeded how many are needed, while it waits for them
 * @param question what the applicant was asked and hasn't answered
 * @param passedOnAt since when those who appoint officers look at it
 * @param certificate where the certificate is, once it is issued
 * @param end how it ended without one
 */
record RequestView(
    String id,
    String state,
    String tenant,
    String profile,
    SubjectView subject,
    String applicant,
    String applicantName,
    String remark,
    List<String> wishes,
    List<FieldView> fields,
    Optional<String> order,
    Instant submittedAt,
    List<ApprovalView> approvals,
    Optional<Integer> approvalsNeeded,
    Optional<String> question,
    Optional<Instant> passedOnAt,
    Optional<CertificateAddress> certificate,
    Optional<End> end) {

  static RequestView of(CertificateRequest request) {
    return switch (request) {
      case CertificateRequest.Submitted _ -> open(request, "submitted", List.of());
      case CertificateRequest.AwaitingApproval waiting ->
          open(request, "awaitingApproval", waiting.approvals())
              .needing(waiting.needed(), waiting.waiting());
      case CertificateRequest.Approved approved -> open(request, "approved", approved.approvals());
      case CertificateRequest.Issued issued ->
          open(request, "issued", issued.approvals())
              .with(CertificateAddress.of(issued.authority().value(), issued.serial().toHex()));
      case CertificateRequest.Refused refused ->
          open(request, "refused", List.of())
              .with(
                  new End(Optional.of(refused.by()), Optional.of(refused.reason()), refused.at()));
      case CertificateRequest.Withdrawn withdrawn ->
          open(request, "withdrawn", List.of()).with(End.at(withdrawn.at()));
      case CertificateRequest.Expired expired ->
          open(request, "expired", List.of()).with(End.at(expired.at()));
    };
  }

  private static RequestView open(
      CertificateRequest request, String state, List<Approval> approvals) {
    var content = request.content();
    return new RequestView(
        content.id().toString(),
        state,
        content.tenant().value(),
        content.profile().value(),
        SubjectView.of(content.subject()),
        content.applicant(),
        content.applicantName(),
        content.remark(),
        content.wishes(),
        content.values().all().stream().map(said -> FieldView.of(said, content.values())).toList(),
        content.order().map(Object::toString),
        content.submittedAt(),
        approvals.stream().map(ApprovalView::of).toList(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private RequestView needing(int needed, Waiting waiting) {
    return with(
        Optional.of(needed),
        waiting.question().map(Question::text),
        waiting.passedOn(),
        certificate,
        end);
  }

  private RequestView with(CertificateAddress address) {
    return with(approvalsNeeded, question, passedOnAt, Optional.of(address), end);
  }

  private RequestView with(End ending) {
    return with(approvalsNeeded, question, passedOnAt, certificate, Optional.of(ending));
  }

  private RequestView with(
      Optional<Integer> needed,
      Optional<String> asked,
      Optional<Instant> passedOn,
      Optional<CertificateAddress> address,
      Optional<End> ending) {
    return new RequestView(
        id,
        state,
        tenant,
        profile,
        subject,
        applicant,
        applicantName,
        remark,
        wishes,
        fields,
        order,
        submittedAt,
        approvals,
        needed,
        asked,
        passedOn,
        address,
        ending);
  }

  /**
   * What a person said of a field.
   *
   * @param setBy applicant or officer
   * @param counts whether it goes in: of a field with one value an officer's word overrules
   */
  record FieldView(String field, String value, String setBy, boolean counts) {
    static FieldView of(FieldValue said, FieldValues all) {
      return new FieldView(
          said.field().configName(), said.value(), said.by().configName(), all.counts(said));
    }
  }

  /** An officer's yes. */
  record ApprovalView(String officer, String officerName, Instant at) {
    static ApprovalView of(Approval approval) {
      return new ApprovalView(approval.officer().value(), approval.officerName(), approval.at());
    }
  }

  /**
   * An end without a certificate.
   *
   * @param by who refused
   * @param reason why, in words
   */
  record End(Optional<String> by, Optional<String> reason, Instant at) {
    static End at(Instant at) {
      return new End(Optional.empty(), Optional.empty(), at);
    }
  }

  /**
   * A certificate's identity and address.
   *
   * @param href its path in this API
   */
  record CertificateAddress(String authority, String serial, String href) {
    static CertificateAddress of(String authority, String serial) {
      return new CertificateAddress(
          authority, serial, "/api/v1/certificates/" + authority + "/" + serial);
    }
  }
}
