package de.kreissiegel.ca.audit;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * The octets over which an event's hash goes: {@code SHA-256(hash before it || encoding)}, where
 * the first event's predecessor is 32 zero octets and the encoding is the DER of
 *
 * <pre>
 * Event ::= SEQUENCE {
 *   version   INTEGER (2),
 *   chain     UTF8String,
 *   sequence  INTEGER,
 *   time      INTEGER,                    -- microseconds since 1970-01-01T00:00:00Z
 *   actor     UTF8String,
 *   action    UTF8String,
 *   tenant    [0] EXPLICIT UTF8String OPTIONAL,
 *   object    UTF8String,
 *   words     OCTET STRING (SIZE (32)) }  -- {@link SaltedWords#commitment}
 *
 * Event ::= SEQUENCE {                    -- before there were commitments
 *   version   INTEGER (1),
 *   chain     UTF8String,
 *   sequence  INTEGER,
 *   time      INTEGER,
 *   actor     UTF8String,
 *   actorName UTF8String,
 *   action    UTF8String,
 *   tenant    [0] EXPLICIT UTF8String OPTIONAL,
 *   object    UTF8String,
 *   detail    UTF8String }
 * </pre>
 *
 * {@code docs/audit.md} says the same to who verifies the trail with a program of their own.
 */
final class EventEncoding {
  private EventEncoding() {}

  static Bytes hash(Bytes before, WrittenEvent event, long sequence) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(before.toArray());
      return Bytes.of(digest.digest(encode(event, sequence)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] encode(WrittenEvent event, long sequence) {
    var parts = new ASN1EncodableVector(10);
    parts.add(new ASN1Integer(event.text() instanceof WrittenEvent.Plain ? 1 : 2));
    parts.add(new DERUTF8String(event.chain()));
    parts.add(new ASN1Integer(sequence));
    parts.add(new ASN1Integer(AuditExport.micros(event.at())));
    parts.add(new DERUTF8String(event.actor()));
    if (event.text() instanceof WrittenEvent.Plain plain) {
      parts.add(new DERUTF8String(plain.actorName().orElse("")));
    }
    parts.add(new DERUTF8String(event.action()));
    event
        .tenant()
        .ifPresent(tenant -> parts.add(new DERTaggedObject(true, 0, new DERUTF8String(tenant))));
    parts.add(new DERUTF8String(event.object()));
    parts.add(
        switch (event.text()) {
          case WrittenEvent.Plain plain -> new DERUTF8String(plain.detail().orElse(""));
          case WrittenEvent.Committed committed ->
              new DEROctetString(committed.commitment().toArray());
        });
    try {
      return new DERSequence(parts).getEncoded("DER");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
