package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * An officer's yes whose signature holds, by either of the ways in which officers sign.
 *
 * @param statement what was signed, DER
 * @param certificate SHA-256 of the certificate that came along, or that the security key was
 *     registered by
 * @param securityKey the credential's id of the security key that signed, if one did
 */
record OfficerYes(Bytes statement, Bytes certificate, Optional<Bytes> securityKey) {
  /**
   * Reads one and verifies its signature.
   *
   * @param signed a CMS SignedData over a statement of this type, or a {@link SecurityKeyApproval}
   * @param keys where security keys are used; where none count, empty
   */
  static OfficerYes read(
      Bytes signed, ASN1ObjectIdentifier type, Optional<SecurityKeyPages> keys, Instant now)
      throws MalformedEvidence, SigningRefused {
    if (SecurityKeyApproval.evidence(signed) instanceof Evidence.SecurityKeyAssertion assertion) {
      if (keys.isEmpty()) {
        throw Refusal.of("approval-security-key", "no security keys count here");
      }
      // Copies of a key are the vault's to find: it alone sees all that was signed.
      OfficerCertificate certificate =
          new SecurityKeyCheck(keys.get().rules(), new CounterWatch()).verified(assertion, now);
      return new OfficerYes(
          assertion.statement(), certificate.digest(), Optional.of(assertion.credentialId()));
    }
    OfficerMessage message = OfficerMessage.verified(signed, type);
    return new OfficerYes(message.content(), message.certificate().digest(), Optional.empty());
  }
}
