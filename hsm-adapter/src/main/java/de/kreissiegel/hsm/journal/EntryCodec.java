package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;

/** Entries' bodies to DER and back. */
final class EntryCodec {
  private static final int VERSION = 1;
  private static final int PARTS_WITHOUT_CLAIM = 10;

  private EntryCodec() {}

  static byte[] body(Draft draft, long index, Instant time, Bytes previous) {
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(new ASN1Integer(VERSION));
    parts.add(new ASN1Integer(index));
    parts.add(new ASN1Integer(time.toEpochMilli()));
    parts.add(new DEROctetString(octets(draft.request())));
    parts.add(new DERUTF8String(draft.key().value()));
    parts.add(octetString(draft.policy()));
    parts.add(new ASN1Integer(draft.structure().code()));
    parts.add(octetString(draft.digest()));
    parts.add(octetString(draft.signature()));
    parts.add(octetString(previous));
    draft.claim().ifPresent(claim -> parts.add(new DERTaggedObject(false, 0, octetString(claim))));
    try {
      return new DERSequence(parts).getEncoded("DER");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads a body.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  static JournalEntry entry(byte[] body, Optional<Bytes> toBeSigned) {
    try {
      ASN1Sequence parts = ASN1Sequence.getInstance(body);
      int size = parts.size();
      if (size < PARTS_WITHOUT_CLAIM
          || size > PARTS_WITHOUT_CLAIM + 1
          || number(parts, 0) != VERSION) {
        throw new IllegalArgumentException("not an entry of version 1");
      }
      return new JournalEntry(
          number(parts, 1),
          Instant.ofEpochMilli(number(parts, 2)),
          requestId(bytes(parts, 3)),
          new KeyId(ASN1UTF8String.getInstance(parts.getObjectAt(4)).getString()),
          bytes(parts, 5),
          SignedStructure.ofCode(Math.toIntExact(number(parts, 6))),
          bytes(parts, 7),
          size > PARTS_WITHOUT_CLAIM ? Optional.of(claim(parts)) : Optional.empty(),
          bytes(parts, 8),
          bytes(parts, 9),
          Digests.sha256(body),
          toBeSigned);
    } catch (ClassCastException | IllegalStateException | ArithmeticException notOne) {
      throw new IllegalArgumentException("not an entry", notOne);
    }
  }

  private static DEROctetString octetString(Bytes bytes) {
    return new DEROctetString(bytes.toArray());
  }

  private static byte[] octets(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static UUID requestId(Bytes octets) {
    if (octets.length() != 16) {
      throw new IllegalArgumentException("a request id has 16 octets");
    }
    ByteBuffer buffer = ByteBuffer.wrap(octets.toArray());
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private static Bytes claim(ASN1Sequence parts) {
    ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(parts.getObjectAt(PARTS_WITHOUT_CLAIM));
    return Bytes.of(ASN1OctetString.getInstance(tagged, false).getOctets());
  }

  private static long number(ASN1Sequence parts, int index) {
    return ASN1Integer.getInstance(parts.getObjectAt(index)).longValueExact();
  }

  private static Bytes bytes(ASN1Sequence parts, int index) {
    return Bytes.of(ASN1OctetString.getInstance(parts.getObjectAt(index)).getOctets());
  }
}
