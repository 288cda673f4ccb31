package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;

/**
 * An officer's message about a release as the vault reads it, for the authority to look at before
 * it is needed. The signature holds; whether the certificate makes an officer, and whether the
 * statement is the wanted one, is not said. The vault judges for itself.
 *
 * @param certificate SHA-256 of the certificate that came along
 */
public record SignedRelease(ReleaseStatement statement, Bytes certificate) {
  /**
   * Reads a message and verifies its signature.
   *
   * @param signedData a CMS SignedData, as in {@link
   *     de.kreissiegel.hsm.signing.Evidence.OfficerSignature}
   * @throws MalformedEvidence if it can't be read, or isn't in the form that the vault takes
   * @throws SigningRefused if the vault would refuse it whatever it is presented for
   */
  public static SignedRelease read(Bytes signedData) throws MalformedEvidence, SigningRefused {
    OfficerMessage message = OfficerMessage.verified(signedData, Identifiers.RELEASE_STATEMENT);
    return new SignedRelease(
        ReleaseStatement.decode(message.content()), message.certificate().digest());
  }
}
