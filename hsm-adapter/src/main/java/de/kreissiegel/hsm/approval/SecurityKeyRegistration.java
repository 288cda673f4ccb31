package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * "This security key is mine": what an officer signs by their certificate's key, once, so that the
 * security key counts. As DER:
 *
 * <pre>
 * SecurityKeyRegistration ::= SEQUENCE {
 *   type          OBJECT IDENTIFIER,  -- {@link #TYPE}
 *   version       INTEGER (1),
 *   relyingParty  UTF8String,                       -- the id, a host name
 *   credentialId  OCTET STRING (SIZE (1..1023)),
 *   publicKey     SubjectPublicKeyInfo,             -- ECDSA on P-256 or P-384 (ES256, ES384)
 *   created       GeneralizedTime }
 * </pre>
 *
 * <p>Browsers hand out the SubjectPublicKeyInfo (WebAuthn Level 2 §5.2.1, {@code getPublicKey}).
 *
 * @param publicKey SubjectPublicKeyInfo, DER
 */
public record SecurityKeyRegistration(
    String relyingParty, Bytes credentialId, Bytes publicKey, Instant created) {
  /** The content type. */
  public static final String TYPE = Identifiers.SECURITY_KEY_REGISTRATION.getId();

  private static final int VERSION = 1;
  private static final int LONGEST_ID = 1023;

  public SecurityKeyRegistration {
    created = created.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The DER that is signed. */
  public Bytes encoded() {
    return Der.encoded(
        new DERSequence(
            new ASN1Encodable[] {
              Identifiers.SECURITY_KEY_REGISTRATION,
              new ASN1Integer(VERSION),
              new DERUTF8String(relyingParty),
              DerFields.encode(credentialId),
              ASN1Sequence.getInstance(publicKey.toArray()),
              DerFields.encode(created)
            }));
  }

  /**
   * Reads one back.
   *
   * @throws MalformedEvidence if the octets are not one, in strict DER
   */
  public static SecurityKeyRegistration decode(Bytes octets) throws MalformedEvidence {
    DerFields fields = DerFields.read("SecurityKeyRegistration", octets);
    fields.header(Identifiers.SECURITY_KEY_REGISTRATION, VERSION);
    String relyingParty = fields.text(ApprovalStatement.LONGEST_TEXT);
    Bytes credentialId = fields.octets(LONGEST_ID);
    Bytes publicKey = fields.whole();
    Instant created = fields.time();
    fields.end();
    if (credentialId.length() == 0) {
      throw new MalformedEvidence("SecurityKeyRegistration: a credential without an id");
    }
    SecurityKeyRegistration read =
        new SecurityKeyRegistration(relyingParty, credentialId, publicKey, created);
    fields.requireWritten(read.encoded(), octets);
    return read;
  }
}
