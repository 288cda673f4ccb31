package de.kreissiegel.hsm.wire;

import de.kreissiegel.hsm.signing.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads the elements of one SEQUENCE, in DER and nothing else: what it accepts has one encoding.
 * Takes nothing from the octets but what is asked for, so that nesting costs nothing.
 */
final class DerReader {
  private final byte[] octets;
  private final int end;
  private int next;

  private DerReader(byte[] octets, int from, int end) {
    this.octets = octets;
    this.next = from;
    this.end = end;
  }

  /** Opens a message, a SEQUENCE and nothing behind it. */
  static DerReader open(byte[] octets, int from, int to) throws MalformedMessage {
    DerReader outside = new DerReader(octets, from, to);
    DerReader message = outside.sequence();
    outside.end();
    return message;
  }

  boolean hasMore() {
    return next < end;
  }

  void end() throws MalformedMessage {
    if (hasMore()) {
      throw new MalformedMessage("more parts than it has");
    }
  }

  DerReader sequence() throws MalformedMessage {
    int length = header(DerWriter.SEQUENCE);
    next += length;
    return new DerReader(octets, next - length, next);
  }

  long longNumber() throws MalformedMessage {
    int length = header(DerWriter.INTEGER);
    if (length < 1 || length > 8) {
      throw new MalformedMessage("a number that is none, or too large");
    }
    long number = octets[next];
    if (length > 1 && number == octets[next + 1] >> 7 && (number == 0 || number == -1)) {
      throw new MalformedMessage("a number that is longer than it needs");
    }
    for (int i = 1; i < length; i++) {
      number = number << 8 | octets[next + i] & 0xff;
    }
    next += length;
    return number;
  }

  int number() throws MalformedMessage {
    long number = longNumber();
    if (number != (int) number) {
      throw new MalformedMessage("a number that is too large");
    }
    return (int) number;
  }

  /** A number from 0 on, up to that one. */
  int number(int most) throws MalformedMessage {
    int number = number();
    if (number < 0 || number > most) {
      throw new MalformedMessage("a number that is too large");
    }
    return number;
  }

  boolean truth() throws MalformedMessage {
    if (header(DerWriter.BOOLEAN) != 1 || octets[next] != 0 && octets[next] != -1) {
      throw new MalformedMessage("neither true nor false");
    }
    return octets[next++] != 0;
  }

  Bytes bytes() throws MalformedMessage {
    int length = header(DerWriter.OCTET_STRING);
    next += length;
    return Bytes.of(octets, next - length, next);
  }

  /** The same, where no more than so many octets make sense. */
  Bytes bytes(int most) throws MalformedMessage {
    int before = next;
    if (header(DerWriter.OCTET_STRING) > most) {
      throw new MalformedMessage("a part that is too long");
    }
    next = before;
    return bytes();
  }

  UUID id() throws MalformedMessage {
    if (header(DerWriter.OCTET_STRING) != 16) {
      throw new MalformedMessage("an id has 16 octets");
    }
    ByteBuffer buffer = ByteBuffer.wrap(octets, next, 16);
    next += 16;
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /**
   * A text.
   *
   * @param most how many octets it may have
   */
  String text(int most) throws MalformedMessage {
    int length = header(DerWriter.UTF8_STRING);
    if (length > most) {
      throw new MalformedMessage("a text that is too long");
    }
    next += length;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets, next - length, length))
          .toString();
    } catch (CharacterCodingException notText) {
      throw new MalformedMessage("not UTF-8", notText);
    }
  }

  /** Reads tag and length; the content is whole within this SEQUENCE. */
  private int header(int tag) throws MalformedMessage {
    if (end - next < 2) {
      throw new MalformedMessage("fewer parts than it has");
    }
    if (octets[next++] != tag) {
      throw new MalformedMessage("a part of another kind");
    }
    int length = octets[next++];
    if (length < 0) {
      length = longLength(length & 0x7f);
    }
    if (length > end - next) {
      throw new MalformedMessage("a part that is longer than what it stands in");
    }
    return length;
  }

  private int longLength(int count) throws MalformedMessage {
    if (count < 1 || count > 4 || end - next < count || octets[next] == 0) {
      throw new MalformedMessage("not a length of DER");
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | octets[next++] & 0xff;
    }
    if (length >= 0 && length < 0x80 || length < 0) {
      throw new MalformedMessage("not a length of DER");
    }
    return length;
  }
}
