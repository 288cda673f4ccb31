package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERTaggedObject;

/**
 * What the journal keeps of a revocation list, as DER:
 *
 * <pre>
 * ListHeader ::= SEQUENCE {
 *   version INTEGER, signature AlgorithmIdentifier, issuer Name, thisUpdate Time, nextUpdate Time,
 *   crlExtensions [0] EXPLICIT Extensions,
 *   entries [1] EXPLICIT INTEGER  -- how many
 * }
 * </pre>
 *
 * @param number its crlNumber
 * @param entries how many certificates it lists
 */
public record ListHeader(
    ListScope scope, BigInteger number, Instant thisUpdate, Instant nextUpdate, long entries) {
  private static final int ENTRIES = 0xa1;

  static Bytes encoded(byte[] fields, long entries) {
    try {
      byte[] count = new DERTaggedObject(true, 1, new ASN1Integer(entries)).getEncoded("DER");
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      int length = fields.length + count.length;
      header.write(DerCursor.SEQUENCE);
      if (length < 0x80) {
        header.write(length);
      } else {
        byte[] shortest = BigInteger.valueOf(length).toByteArray();
        int from = shortest[0] == 0 ? 1 : 0;
        header.write(0x80 | shortest.length - from);
        header.write(shortest, from, shortest.length - from);
      }
      header.writeBytes(fields);
      header.writeBytes(count);
      return Bytes.of(header.toByteArray());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if the octets are none
   */
  public static ListHeader read(Bytes octets) {
    try {
      StrictDer.check(octets.toArray());
      DerCursor header = new DerCursor(octets.toArray()).into(DerCursor.SEQUENCE, "ListHeader");
      header.next(DerCursor.INTEGER, "version");
      header.next(DerCursor.SEQUENCE, "signature");
      header.next(DerCursor.SEQUENCE, "issuer");
      Instant thisUpdate = Times.next(header, "thisUpdate");
      Instant nextUpdate = Times.next(header, "nextUpdate");
      ListExtensions extensions =
          ListExtensions.read(header.whole(header.next(0xa0, "crlExtensions")));
      DerCursor wrapped = header.into(ENTRIES, "entries");
      BigInteger entries = TbsCertificate.integer(wrapped, "entries");
      wrapped.end();
      header.end();
      return new ListHeader(
          extensions.scope(),
          extensions.number(),
          thisUpdate,
          nextUpdate,
          entries.longValueExact());
    } catch (NotDer | SigningRefused | ArithmeticException notOne) {
      throw new IllegalArgumentException("not the header of a list", notOne);
    }
  }
}
