package de.kreissiegel.ca.registration;

import java.util.List;

/**
 * What came of setting fields.
 *
 * @param request as it waits now
 * @param voided the approvals that were given for what it said before; none if nothing changed
 */
public record Amended(CertificateRequest.AwaitingApproval request, List<Approval> voided) {
  /** Copied. */
  public Amended {
    voided = List.copyOf(voided);
  }
}
