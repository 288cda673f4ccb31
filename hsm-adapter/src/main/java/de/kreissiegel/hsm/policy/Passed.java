package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Optional;

/**
 * What a request turned out to be, once the policy has let it through.
 *
 * @param kind which of the policy's kinds it is of; for the journal and for rates
 * @param claim of a certificate, DER of its issuer followed by its serial number's octets: what may
 *     never be signed again
 * @param asked of a certificate, what has to be approved
 * @param approval what evidence the kind needs
 */
public record Passed(
    String kind, Optional<Bytes> claim, Optional<AskedCertificate> asked, ApprovalRule approval) {
  /** Nothing more to check. */
  public static Passed of(String kind) {
    return new Passed(kind, Optional.empty(), Optional.empty(), ApprovalRule.NONE);
  }
}
