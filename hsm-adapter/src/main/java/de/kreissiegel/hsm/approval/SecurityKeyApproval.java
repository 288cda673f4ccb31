package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Evidence.SecurityKeyAssertion;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/**
 * An assertion by a security key with all that the vault needs to judge it, in one piece: how it
 * comes from a browser and is kept with a decision, where a CMS message would be otherwise.
 *
 * <pre>
 * SecurityKeyApproval ::= SEQUENCE {
 *   type               OBJECT IDENTIFIER,
 *   version            INTEGER (1),
 *   statement          OCTET STRING,  -- DER of an ApprovalStatement or ReleaseStatement; its
 *                                     -- SHA-256 is the challenge
 *   registration       OCTET STRING,  -- CMS SignedData over a {@link SecurityKeyRegistration}
 *   credentialId       OCTET STRING,
 *   authenticatorData  OCTET STRING,
 *   clientData         OCTET STRING,
 *   signature          OCTET STRING }
 * </pre>
 */
public final class SecurityKeyApproval {
  private static final int VERSION = 1;

  private SecurityKeyApproval() {}

  /** The DER of one. */
  public static Bytes encoded(SecurityKeyAssertion assertion) {
    return Der.encoded(
        new DERSequence(
            new ASN1Encodable[] {
              Identifiers.SECURITY_KEY_APPROVAL,
              new ASN1Integer(VERSION),
              DerFields.encode(assertion.statement()),
              DerFields.encode(assertion.registration()),
              DerFields.encode(assertion.credentialId()),
              DerFields.encode(assertion.authenticatorData()),
              DerFields.encode(assertion.clientData()),
              DerFields.encode(assertion.signature())
            }));
  }

  /**
   * What an officer sent, as the vault is shown it. Whatever is no assertion is taken for a CMS
   * message: the vault says what is wrong with it.
   */
  public static Evidence evidence(Bytes octets) {
    try {
      DerFields fields = DerFields.read("SecurityKeyApproval", octets);
      fields.header(Identifiers.SECURITY_KEY_APPROVAL, VERSION);
      var assertion =
          new SecurityKeyAssertion(
              fields.octets(Der.LARGEST),
              fields.octets(Der.LARGEST),
              fields.octets(Der.LARGEST),
              fields.octets(Der.LARGEST),
              fields.octets(Der.LARGEST),
              fields.octets(Der.LARGEST));
      fields.end();
      fields.requireWritten(encoded(assertion), octets);
      return assertion;
    } catch (MalformedEvidence noAssertion) {
      return new Evidence.OfficerSignature(octets);
    }
  }
}
