package de.kreissiegel.ca.status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encodable;

/** Octets of DER. */
final class Der {
  private Der() {}

  static byte[] of(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded("DER");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** An element of this tag around what is in the parts, one after the other. */
  static byte[] wrap(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length = Math.addExact(length, part.length);
    }
    var out = new ByteArrayOutputStream(length + 6);
    head(out, tag, length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The parts, one after the other. */
  static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Tag and length of an element whose content follows. */
  static byte[] head(int tag, long length) {
    var out = new ByteArrayOutputStream(10);
    head(out, tag, length);
    return out.toByteArray();
  }

  /** Tag and length of an element whose content follows. */
  static void head(ByteArrayOutputStream out, int tag, long length) {
    out.write(tag);
    if (length < 0x80) {
      out.write((int) length);
      return;
    }
    int octets = (Long.SIZE - Long.numberOfLeadingZeros(length) + 7) / 8;
    out.write(0x80 | octets);
    for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8) {
      out.write((int) (length >>> shift));
    }
  }
}
