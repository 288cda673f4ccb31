package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.registration.Approval;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.hsm.approval.MalformedEvidence;
import de.kreissiegel.hsm.approval.SignedApproval;
import de.kreissiegel.hsm.approval.Statement;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an officer before has signed: the second one sees what the first saw.
 *
 * @param officer who
 * @param at when
 * @param lines all that their statement says
 */
record SignedBefore(String officer, Instant at, List<Statement.Line> lines) {
  static List<SignedBefore> of(List<CertificateRequest> parts, Locale language) {
    var all = new ArrayList<SignedBefore>();
    for (CertificateRequest part : parts) {
      List<Approval> approvals =
          switch (part) {
            case CertificateRequest.AwaitingApproval waiting -> waiting.approvals();
            case CertificateRequest.Approved approved -> approved.approvals();
            case CertificateRequest.Issued issued -> issued.approvals();
            default -> List.of();
          };
      approvals.forEach(approval -> all.add(of(approval, language)));
    }
    return List.copyOf(all);
  }

  private static SignedBefore of(Approval approval, Locale language) {
    List<Statement.Line> lines = List.of();
    if (approval.signature().isPresent()) {
      try {
        lines = SignedApproval.statementOf(approval.signature().get()).lines(language);
      } catch (MalformedEvidence | SigningRefused unreadable) {
        lines = List.of(); // The vault will say so; what they approved is unknown here.
      }
    }
    return new SignedBefore(approval.officerName(), approval.at(), lines);
  }
}
