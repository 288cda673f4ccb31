package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;

/**
 * An officer's message as the vault reads it, for the authority to look at before it is needed:
 * what they signed, and by which certificate. The signature holds; whether the certificate makes an
 * officer, and whether the statement is the wanted one, is not said. The vault judges for itself.
 *
 * @param certificate SHA-256 of the certificate that came along
 */
public record SignedApproval(ApprovalStatement statement, Bytes certificate) {
  /**
   * Reads a message and verifies its signature.
   *
   * @param signedData a CMS SignedData, as in {@link
   *     de.kreissiegel.hsm.signing.Evidence.OfficerSignature}
   * @throws MalformedEvidence if it can't be read, or isn't in the form that the vault takes
   * @throws SigningRefused if the vault would refuse it whatever it is presented for
   */
  public static SignedApproval read(Bytes signedData) throws MalformedEvidence, SigningRefused {
    OfficerMessage message = OfficerMessage.verified(signedData, Identifiers.APPROVAL_STATEMENT);
    return new SignedApproval(
        ApprovalStatement.decode(message.content()), message.certificate().digest());
  }
}
