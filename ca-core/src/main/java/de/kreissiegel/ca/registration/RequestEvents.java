package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.stream.Collectors;

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
      case CertificateRequest.Issued issued when issued.content().isPseudonymous() ->
          about(reached);
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
        + fields(content.values())
        + content.order().map(order -> " order=" + order).orElse("")
        + content
            .renews()
            .map(it -> " renews=" + (content.isPseudonymous() ? "(withheld)" : it))
            .orElse("")
        + " wishes="
        + wishes(content)
        + " remark="
        + content.remark();
  }

  /** What an officer set, and whose approvals are void by that. */
  static String amendment(
      CertificateRequest.AwaitingApproval before, CertificateRequest.AwaitingApproval after) {
    return about(after)
        + fields(after.content().values())
        + (before.approvals().isEmpty()
            ? ""
            : before.approvals().stream()
                .map(approval -> "person:" + approval.officer())
                .collect(Collectors.joining(",", " void=", "")));
  }

  private static String fields(FieldValues values) {
    return values.all().isEmpty()
        ? ""
        : values.all().stream()
            .map(RequestEvents::said)
            .collect(Collectors.joining(",", " fields=", ""));
  }

  /** A pseudonym beside its bearer is nothing for the trail, which auditors read. */
  private static String said(FieldValue value) {
    return value.field() == Field.PSEUDONYM
        ? value.field().configName() + ":" + value.by().configName() + ":(withheld)"
        : value.toString();
  }

  private static String wishes(CertificateRequest.Content content) {
    return content.isPseudonymous() ? "(withheld)" : String.join(",", content.wishes());
  }

  private static String about(CertificateRequest request) {
    return "profile="
        + request.content().profile()
        + " subject="
        + request.content().subject().id();
  }
}
