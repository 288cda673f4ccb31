package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/**
 * A revocation list as officers' standing depends on it.
 *
 * @param issuer the key that signs it
 * @param full whether it speaks of all certificates of its issuer: no delta, no partition, not for
 *     some reasons only
 * @param entries of the serial numbers in {@link OfficerRegister#watched}, those that stand in it,
 *     with their CRLReason (RFC 5280 §5.3.1); 0 where none is given
 */
public record SignedList(
    KeyId issuer,
    Instant thisUpdate,
    Instant nextUpdate,
    boolean full,
    Map<BigInteger, Integer> entries) {
  static final int CERTIFICATE_HOLD = 6;
  private static final int LARGEST_REASON = 255;
  static final int REMOVE_FROM_CRL = 8;

  public SignedList {
    entries = Map.copyOf(entries);
  }

  /**
   * For the journal, so that the register can be filled again from it. As DER:
   *
   * <pre>
   * SignedList ::= SEQUENCE {
   *   thisUpdate  GeneralizedTime,
   *   nextUpdate  GeneralizedTime,
   *   full        BOOLEAN,
   *   entries     SEQUENCE OF SEQUENCE { serial INTEGER, reason INTEGER } }
   * </pre>
   */
  public Bytes encoded() {
    ASN1EncodableVector listed = new ASN1EncodableVector();
    new TreeMap<>(entries)
        .forEach(
            (serial, reason) ->
                listed.add(
                    new DERSequence(
                        new ASN1Encodable[] {new ASN1Integer(serial), new ASN1Integer(reason)})));
    return Der.encoded(
        new DERSequence(
            new ASN1Encodable[] {
              DerFields.encode(thisUpdate),
              DerFields.encode(nextUpdate),
              ASN1Boolean.getInstance(full),
              new DERSequence(listed)
            }));
  }

  /**
   * Reads one back.
   *
   * @param issuer the key that signed it, as the journal's entry has it
   * @throws MalformedEvidence if the octets are not one, in strict DER
   */
  public static SignedList decode(KeyId issuer, Bytes octets) throws MalformedEvidence {
    DerFields fields = DerFields.read("SignedList", octets);
    Instant thisUpdate = fields.time();
    Instant nextUpdate = fields.time();
    boolean full = fields.truth();
    DerFields listed = DerFields.inside("entries", fields.sequence());
    fields.end();
    Map<BigInteger, Integer> entries = new HashMap<>();
    while (listed.hasMore()) {
      DerFields entry = DerFields.inside("entry", listed.sequence());
      entries.put(entry.integer(), (int) entry.number(LARGEST_REASON));
      entry.end();
    }
    return new SignedList(issuer, thisUpdate, nextUpdate, full, entries);
  }
}
