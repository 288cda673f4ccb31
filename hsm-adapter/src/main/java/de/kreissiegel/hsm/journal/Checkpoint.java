package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;

/**
 * How long the journal was at a time. What is signed, as DER:
 *
 * <pre>
 * Checkpoint ::= SEQUENCE { version INTEGER (1), size INTEGER, head OCTET STRING (32), time INTEGER }
 * </pre>
 *
 * @param size how many entries
 * @param head the last one's hash; of an empty journal, SHA-256 of the journal's public key
 * @param time when it was signed
 */
record Checkpoint(long size, Bytes head, Instant time) {
  private static final int VERSION = 1;

  byte[] encoded() {
    try {
      return new DERSequence(
              new ASN1Encodable[] {
                new ASN1Integer(VERSION),
                new ASN1Integer(size),
                new DEROctetString(head.toArray()),
                new ASN1Integer(time.toEpochMilli())
              })
          .getEncoded("DER");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  static Checkpoint decode(byte[] encoded) {
    try {
      ASN1Sequence parts = ASN1Sequence.getInstance(encoded);
      if (parts.size() != 4 || number(parts, 0) != VERSION) {
        throw new IllegalArgumentException("not a checkpoint of version 1");
      }
      return new Checkpoint(
          number(parts, 1),
          Bytes.of(ASN1OctetString.getInstance(parts.getObjectAt(2)).getOctets()),
          Instant.ofEpochMilli(number(parts, 3)));
    } catch (ClassCastException | IllegalStateException | ArithmeticException notOne) {
      throw new IllegalArgumentException("not a checkpoint", notOne);
    }
  }

  private static long number(ASN1Sequence parts, int index) {
    return ASN1Integer.getInstance(parts.getObjectAt(index)).longValueExact();
  }
}
