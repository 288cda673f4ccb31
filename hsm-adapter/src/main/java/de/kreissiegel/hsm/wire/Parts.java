package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/** The parts of a SEQUENCE, read one after the other and to the last; and how they are written. */
final class Parts {
  private final ASN1Sequence sequence;
  private int next;

  private Parts(ASN1Sequence sequence) {
    this.sequence = sequence;
  }

  /** Accepts DER only. Throws unchecked exceptions for everything else; the codec catches them. */
  static Parts decode(byte[] message) throws IOException {
    ASN1Primitive value = ASN1Primitive.fromByteArray(message);
    if (!Arrays.equals(value.getEncoded("DER"), message)) {
      throw new IllegalArgumentException("not DER");
    }
    return new Parts(ASN1Sequence.getInstance(value));
  }

  Parts sequence() {
    return new Parts(ASN1Sequence.getInstance(take()));
  }

  int number() {
    return ASN1Integer.getInstance(take()).intValueExact();
  }

  long longNumber() {
    return ASN1Integer.getInstance(take()).longValueExact();
  }

  boolean truth() {
    return ASN1Boolean.getInstance(take()).isTrue();
  }

  Bytes bytes() {
    return Bytes.of(ASN1OctetString.getInstance(take()).getOctets());
  }

  String text() {
    return ASN1UTF8String.getInstance(take()).getString();
  }

  UUID id() {
    byte[] octets = bytes().toArray();
    if (octets.length != 16) {
      throw new IllegalArgumentException("an id has 16 octets");
    }
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  boolean hasMore() {
    return next < sequence.size();
  }

  void end() {
    if (hasMore()) {
      throw new IllegalArgumentException("more parts than it has");
    }
  }

  private ASN1Encodable take() {
    if (!hasMore()) {
      throw new IllegalArgumentException("fewer parts than it has");
    }
    return sequence.getObjectAt(next++);
  }

  static DERSequence of(ASN1Encodable... parts) {
    return new DERSequence(parts);
  }

  static DERSequence of(ASN1EncodableVector parts) {
    return new DERSequence(parts);
  }

  static ASN1Integer of(long number) {
    return new ASN1Integer(number);
  }

  static DEROctetString of(Bytes bytes) {
    return new DEROctetString(bytes.toArray());
  }

  static DERUTF8String of(String text) {
    return new DERUTF8String(text);
  }

  static DEROctetString of(UUID id) {
    return new DEROctetString(
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  static byte[] encode(DERSequence message) {
    try {
      return message.getEncoded("DER");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
