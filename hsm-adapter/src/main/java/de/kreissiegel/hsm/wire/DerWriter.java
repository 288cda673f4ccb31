package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Writes one message in DER (X.690 §10) behind the room for its frame's length. */
final class DerWriter {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int UTF8_STRING = 0x0c;
  static final int SEQUENCE = 0x30;

  private byte[] octets;
  private int end = Integer.BYTES;

  /**
   * @param expected about how many octets; it grows where they are more
   */
  DerWriter(int expected) {
    this.octets = new byte[Integer.BYTES + expected];
  }

  /** Begins a SEQUENCE; give what comes back to {@link #end}. */
  int begin() {
    room(2);
    octets[end++] = (byte) SEQUENCE;
    octets[end++] = 0;
    return end;
  }

  /** Ends it: now its length is known, and its content moves if that needs more than an octet. */
  DerWriter end(int begun) {
    int length = end - begun;
    int more = lengthOctets(length) - 1;
    if (more > 0) {
      room(more);
      System.arraycopy(octets, begun, octets, begun + more, length);
    }
    putLength(begun - 1, length);
    end += more;
    return this;
  }

  DerWriter number(long number) {
    int length = 8 - (Long.numberOfLeadingZeros(number < 0 ? ~number : number) - 1) / 8;
    room(2 + length);
    octets[end++] = (byte) INTEGER;
    octets[end++] = (byte) length;
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      octets[end++] = (byte) (number >> shift);
    }
    return this;
  }

  DerWriter truth(boolean truth) {
    room(3);
    octets[end++] = (byte) BOOLEAN;
    octets[end++] = 1;
    octets[end++] = (byte) (truth ? 0xff : 0);
    return this;
  }

  DerWriter bytes(Bytes bytes) {
    header(OCTET_STRING, bytes.length());
    bytes.copyTo(octets, end);
    end += bytes.length();
    return this;
  }

  DerWriter id(UUID id) {
    header(OCTET_STRING, 16);
    ByteBuffer.wrap(octets, end, 16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits());
    end += 16;
    return this;
  }

  DerWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    header(UTF8_STRING, utf8.length);
    System.arraycopy(utf8, 0, octets, end, utf8.length);
    end += utf8.length;
    return this;
  }

  /** The frame, ready to be sent; the writer is of no use afterwards. */
  ByteBuffer frame() {
    ByteBuffer frame = ByteBuffer.wrap(octets, 0, end);
    frame.putInt(0, end - Integer.BYTES);
    return frame;
  }

  private void header(int tag, int length) {
    room(6 + length);
    octets[end] = (byte) tag;
    putLength(end + 1, length);
    end += 1 + lengthOctets(length);
  }

  private void putLength(int at, int length) {
    int count = lengthOctets(length) - 1;
    octets[at] = (byte) (count == 0 ? length : 0x80 | count);
    for (int i = 1; i <= count; i++) {
      octets[at + i] = (byte) (length >> (8 * (count - i)));
    }
  }

  private static int lengthOctets(int length) {
    return length < 0x80 ? 1 : 1 + (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
  }

  private void room(int more) {
    if (octets.length - end < more) {
      octets = Arrays.copyOf(octets, Math.max(2 * octets.length, end + more));
    }
  }
}
