package de.kreissiegel.hsm.journal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link DerOutput} writes: strict DER, within bounds, nothing trailing. */
final class DerInput {
  private final byte[] octets;
  private int position;
  private final int end;

  DerInput(byte[] octets, int from, int length) {
    this.octets = octets;
    this.position = from;
    this.end = from + length;
  }

  static DerInput of(byte[] octets) {
    return new DerInput(octets, 0, octets.length);
  }

  boolean more() {
    return position < end;
  }

  boolean nextIs(int tag) {
    return more() && (octets[position] & 0xFF) == tag;
  }

  DerInput sequence() throws BrokenFrame {
    int length = begin(DerOutput.SEQUENCE);
    DerInput content = new DerInput(octets, position, length);
    position += length;
    return content;
  }

  long integer() throws BrokenFrame {
    int length = begin(DerOutput.INTEGER);
    if (length < 1 || length > Long.BYTES) {
      throw new BrokenFrame("a number has an impossible length");
    }
    long value = octets[position];
    for (int i = 1; i < length; i++) {
      value = value << 8 | (octets[position + i] & 0xFF);
    }
    if (DerOutput.integerLength(value) != length) {
      throw new BrokenFrame("a number is longer than needed");
    }
    position += length;
    return value;
  }

  int small() throws BrokenFrame {
    long value = integer();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new BrokenFrame("a number is out of bounds");
    }
    return (int) value;
  }

  byte[] octetString() throws BrokenFrame {
    return tagged(DerOutput.OCTET_STRING);
  }

  byte[] octetString(int length) throws BrokenFrame {
    byte[] value = octetString();
    if (value.length != length) {
      throw new BrokenFrame("an octet string has not the length " + length);
    }
    return value;
  }

  byte[] tagged(int tag) throws BrokenFrame {
    int length = begin(tag);
    byte[] value = Arrays.copyOfRange(octets, position, position + length);
    position += length;
    return value;
  }

  String text() throws BrokenFrame {
    byte[] value = tagged(DerOutput.TEXT);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException notText) {
      throw new BrokenFrame("a text is not UTF-8", notText);
    }
  }

  void end() throws BrokenFrame {
    if (more()) {
      throw new BrokenFrame("something follows its end");
    }
  }

  private int begin(int tag) throws BrokenFrame {
    if (!nextIs(tag)) {
      throw new BrokenFrame("a part of another kind stands where one was expected");
    }
    position++;
    int length = octet();
    if (length >= 0x80) {
      int octetsOfLength = length & 0x7F;
      if (octetsOfLength < 1 || octetsOfLength > 4) {
        throw new BrokenFrame("a length is not DER");
      }
      length = 0;
      for (int i = 0; i < octetsOfLength; i++) {
        length = length << 8 | octet();
      }
      boolean shortest = length >= 0x80 && length >>> 8 * (octetsOfLength - 1) != 0;
      if (!shortest) {
        throw new BrokenFrame("a length is not DER");
      }
    }
    if (length > end - position) {
      throw new BrokenFrame("a part is longer than the whole");
    }
    return length;
  }

  private int octet() throws BrokenFrame {
    if (!more()) {
      throw new BrokenFrame("it ends too early");
    }
    return octets[position++] & 0xFF;
  }
}
