package de.kreissiegel.hsm.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the few kinds of DER that a journal is made of (X.690 §8, §10), into one growing array:
 * the way of each signature leads through here.
 */
final class DerOutput {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int TEXT = 0x0C;
  static final int SEQUENCE = 0x30;
  static final int TAGGED = 0x80;

  private byte[] octets;
  private int size;

  DerOutput(int expected) {
    this.octets = new byte[expected];
  }

  int size() {
    return size;
  }

  /** The octets as they are now, {@link #size} of them; not a copy. */
  byte[] array() {
    return octets;
  }

  void clear() {
    size = 0;
  }

  byte[] toArray() {
    return Arrays.copyOf(octets, size);
  }

  DerOutput raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, octets, size, more.length);
    size += more.length;
    return this;
  }

  /** A 32-bit number, not DER. */
  DerOutput number(int value) {
    room(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      octets[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  DerOutput integer(long value) {
    int length = integerLength(value);
    begin(INTEGER, length);
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      octets[size++] = (byte) (value >> shift);
    }
    return this;
  }

  DerOutput octetString(byte[] value) {
    return tagged(OCTET_STRING, value);
  }

  DerOutput text(String value) {
    return tagged(TEXT, value.getBytes(StandardCharsets.UTF_8));
  }

  DerOutput tagged(int tag, byte[] value) {
    return begin(tag, value.length).raw(value);
  }

  /** The octets as a SEQUENCE's content. */
  byte[] asSequence() {
    return new DerOutput(size + 5).begin(SEQUENCE, size).raw(toArray()).toArray();
  }

  /** Tag and length; the content has to follow. */
  DerOutput begin(int tag, int length) {
    room(5 + length);
    octets[size++] = (byte) tag;
    if (length < 0x80) {
      octets[size++] = (byte) length;
      return this;
    }
    int octetsOfLength = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
    octets[size++] = (byte) (0x80 | octetsOfLength);
    for (int shift = 8 * (octetsOfLength - 1); shift >= 0; shift -= 8) {
      octets[size++] = (byte) (length >>> shift);
    }
    return this;
  }

  /** How many octets a number's INTEGER takes, without tag and length. */
  static int integerLength(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
    return bits / Byte.SIZE + 1;
  }

  private void room(int more) {
    if (octets.length - size < more) {
      octets = Arrays.copyOf(octets, Math.max(2 * octets.length, size + more + 5));
    }
  }
}
