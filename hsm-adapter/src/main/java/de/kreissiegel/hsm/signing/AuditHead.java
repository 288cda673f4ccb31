package de.kreissiegel.hsm.signing;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * The head of an audit chain, to be signed by the vault, so that a chain that was cut or rewritten
 * afterwards no longer matches. As DER:
 *
 * <pre>
 * AuditHead ::= SEQUENCE { chain UTF8String, sequence INTEGER, hash OCTET STRING, time INTEGER }
 * </pre>
 *
 * @param chain which node's chain
 * @param sequence the number of its last event, counted from 1
 * @param hash that event's hash, SHA-256
 * @param time when it was the last
 */
public record AuditHead(String chain, long sequence, Bytes hash, Instant time) {
  public Bytes encoded() {
    try {
      return Bytes.of(
          new DERSequence(
                  new org.bouncycastle.asn1.ASN1Encodable[] {
                    new DERUTF8String(chain),
                    new ASN1Integer(sequence),
                    new DEROctetString(hash.toArray()),
                    new ASN1Integer(time.toEpochMilli())
                  })
              .getEncoded("DER"));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads one back.
   *
   * @throws IllegalArgumentException if the octets are not one
   */
  public static AuditHead decode(Bytes encoded) {
    try {
      ASN1Sequence parts = ASN1Sequence.getInstance(encoded.toArray());
      if (parts.size() != 4) {
        throw new IllegalArgumentException("an AuditHead has four parts");
      }
      BigInteger millis = ASN1Integer.getInstance(parts.getObjectAt(3)).getPositiveValue();
      return new AuditHead(
          ASN1UTF8String.getInstance(parts.getObjectAt(0)).getString(),
          ASN1Integer.getInstance(parts.getObjectAt(1)).longValueExact(),
          Bytes.of(ASN1OctetString.getInstance(parts.getObjectAt(2)).getOctets()),
          Instant.ofEpochMilli(millis.longValueExact()));
    } catch (ClassCastException | ArithmeticException notOne) {
      throw new IllegalArgumentException("not an AuditHead", notOne);
    }
  }
}
