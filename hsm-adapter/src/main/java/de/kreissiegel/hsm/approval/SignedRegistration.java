package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;

/**
 * A {@link SecurityKeyRegistration} with the officer's signature, for the authority to look at when
 * it comes. The signature holds; whether the certificate makes an officer is not said.
 *
 * @param certificate SHA-256 of the certificate that came along
 */
public record SignedRegistration(SecurityKeyRegistration registration, Bytes certificate) {
  /**
   * Reads one and verifies its signature.
   *
   * @param signedData a CMS SignedData
   * @throws MalformedEvidence if it can't be read, or isn't in the form that the vault takes
   * @throws SigningRefused if the vault would refuse it whatever it is presented for
   */
  public static SignedRegistration read(Bytes signedData) throws MalformedEvidence, SigningRefused {
    OfficerMessage message =
        OfficerMessage.verified(signedData, Identifiers.SECURITY_KEY_REGISTRATION);
    return new SignedRegistration(
        SecurityKeyRegistration.decode(message.content()), message.certificate().digest());
  }
}
