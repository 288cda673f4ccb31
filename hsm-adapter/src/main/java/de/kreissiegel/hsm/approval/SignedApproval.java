package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Instant;
import java.util.Optional;

/**
 * An officer's yes as the vault reads it, for the authority to look at before it is needed: what
 * they signed, and by which certificate. The signature holds; whether the certificate makes an
 * officer, and whether the statement is the wanted one, is not said. The vault judges for itself.
 *
 * @param certificate SHA-256 of the certificate that came along, or that the security key was
 *     registered by
 * @param securityKey the credential's id of the security key that signed, if one did
 */
public record SignedApproval(
    ApprovalStatement statement, Bytes certificate, Optional<Bytes> securityKey) {
  /**
   * Reads one and verifies its signature.
   *
   * @param signed a CMS SignedData, as in {@link
   *     de.kreissiegel.hsm.signing.Evidence.OfficerSignature}, or a {@link SecurityKeyApproval}
   * @param keys where security keys are used; where none count, empty
   * @throws MalformedEvidence if it can't be read, or isn't in the form that the vault takes
   * @throws SigningRefused if the vault would refuse it whatever it is presented for
   */
  public static SignedApproval read(Bytes signed, Optional<SecurityKeyPages> keys, Instant now)
      throws MalformedEvidence, SigningRefused {
    OfficerYes yes = OfficerYes.read(signed, Identifiers.APPROVAL_STATEMENT, keys, now);
    return new SignedApproval(
        ApprovalStatement.decode(yes.statement()), yes.certificate(), yes.securityKey());
  }

  /**
   * What was signed, of one that was verified when it came.
   *
   * @throws MalformedEvidence if it can't be read
   */
  public static ApprovalStatement statementOf(Bytes signed)
      throws MalformedEvidence, SigningRefused {
    return SecurityKeyApproval.evidence(signed) instanceof Evidence.SecurityKeyAssertion assertion
        ? ApprovalStatement.decode(assertion.statement())
        : read(signed, Optional.empty(), Instant.EPOCH).statement();
  }
}
