package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * The vault's word that it opened something: what the journal's key signs before anything gets out.
 * It says what was opened by its hash, never what was in it. As DER, the time to the second:
 *
 * <pre>
 * ReleaseReceipt ::= SEQUENCE {
 *   type        OBJECT IDENTIFIER,
 *   version     INTEGER (1),
 *   request     OCTET STRING (SIZE (16)),
 *   key         UTF8String,
 *   purpose     INTEGER (1..2),                 -- as ReleaseRequest.Purpose numbers them
 *   scheme      INTEGER (1..2),                 -- as ReleaseRequest.Scheme numbers them
 *   encrypted   OCTET STRING (SIZE (32)),       -- SHA-256 of the encrypted octets
 *   statements  SEQUENCE OF OCTET STRING,       -- SHA-256 of each officer's ReleaseStatement
 *   time        GeneralizedTime }
 * </pre>
 */
public record ReleaseReceipt(
    UUID request,
    KeyId key,
    ReleaseRequest.Purpose purpose,
    ReleaseRequest.Scheme scheme,
    Bytes encrypted,
    List<Bytes> statements,
    Instant time) {
  private static final int VERSION = 1;
  private static final int MOST_STATEMENTS = 16;

  public ReleaseReceipt {
    statements = List.copyOf(statements);
    time = time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The DER that is signed. */
  public Bytes encoded() {
    return Der.encoded(
        new DERSequence(
            new ASN1Encodable[] {
              Identifiers.RELEASE_RECEIPT,
              new ASN1Integer(VERSION),
              DerFields.encode(request),
              new DERUTF8String(key.value()),
              new ASN1Integer(purpose.code()),
              new ASN1Integer(scheme.code()),
              DerFields.encode(encrypted),
              new DERSequence(
                  statements.stream().map(DerFields::encode).toArray(DEROctetString[]::new)),
              DerFields.encode(time)
            }));
  }

  /**
   * Reads one back.
   *
   * @throws MalformedEvidence if the octets are not one, in strict DER
   */
  public static ReleaseReceipt decode(Bytes octets) throws MalformedEvidence {
    DerFields fields = DerFields.read("ReleaseReceipt", octets);
    fields.header(Identifiers.RELEASE_RECEIPT, VERSION);
    UUID request = fields.uuid();
    KeyId key = fields.key();
    ReleaseRequest.Purpose purpose =
        fields.oneOf(ReleaseRequest.Purpose.values(), ReleaseRequest.Purpose::code);
    ReleaseRequest.Scheme scheme =
        fields.oneOf(ReleaseRequest.Scheme.values(), ReleaseRequest.Scheme::code);
    Bytes encrypted = fields.digest();
    List<Bytes> statements = new ArrayList<>();
    DerFields list = DerFields.inside("statements", fields.sequence());
    while (list.hasMore() && statements.size() < MOST_STATEMENTS) {
      statements.add(list.digest());
    }
    list.end();
    Instant time = fields.time();
    fields.end();
    ReleaseReceipt read =
        new ReleaseReceipt(request, key, purpose, scheme, encrypted, statements, time);
    fields.requireWritten(read.encoded(), octets);
    return read;
  }
}
