package de.kreissiegel.ca.registration;

import de.kreissiegel.hsm.signing.Bytes;

/** How the steps of a request are told in the audit trail. */
public final class RequestEvents {
  private RequestEvents() {}

  /** The object of its events. */
  public static String objectOf(CertificateRequest request) {
    return "request:" + request.id();
  }

  /** What happened, by the state that it led to. */
  public static String actionOf(CertificateRequest reached) {
    return switch (reached) {
      case CertificateRequest.Submitted _ -> "request.submitted";
      case CertificateRequest.AwaitingApproval _, CertificateRequest.Approved _ ->
          "request.approved";
      case CertificateRequest.Issued _ -> "certificate.issued";
      case CertificateRequest.Refused _ -> "request.refused";
      case CertificateRequest.Withdrawn _ -> "request.withdrawn";
      case CertificateRequest.Expired _ -> "request.expired";
    };
  }

  /** How and why, by the state that it led to. */
  public static String detailOf(CertificateRequest reached) {
    return switch (reached) {
      case CertificateRequest.Submitted _ -> about(reached);
      case CertificateRequest.AwaitingApproval waiting ->
          about(reached) + " approvals=" + waiting.approvals().size() + "/" + waiting.needed();
      case CertificateRequest.Approved approved ->
          about(reached)
              + " approvals="
              + approved.approvals().size()
              + "/"
              + approved.approvals().size();
      case CertificateRequest.Issued issued ->
          about(reached) + " certificate=" + issued.authority() + "/" + issued.serial();
      case CertificateRequest.Refused refused -> about(reached) + " reason=" + refused.reason();
      case CertificateRequest.Withdrawn _, CertificateRequest.Expired _ -> about(reached);
    };
  }

  static String submission(CertificateRequest.Content content, Bytes keyHash) {
    return "profile="
        + content.profile()
        + " subject="
        + content.subject().id()
        + " name="
        + content.subject().commonName()
        + " key=sha256:"
        + keyHash.toHex()
        + " wishes="
        + String.join(",", content.wishes())
        + " remark="
        + content.remark();
  }

  private static String about(CertificateRequest request) {
    return "profile="
        + request.content().profile()
        + " subject="
        + request.content().subject().id();
  }
}
