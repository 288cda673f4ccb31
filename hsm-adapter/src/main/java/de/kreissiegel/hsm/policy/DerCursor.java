package de.kreissiegel.hsm.policy;

import java.util.Arrays;

/** Steps from value to value through DER, without copying. */
final class DerCursor {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  private static final int CONSTRUCTED = 0x20;
  private static final int HIGH_TAG = 0x1f;

  private final byte[] octets;
  private final int end;
  private int position;

  DerCursor(byte[] octets) {
    this(octets, 0, octets.length);
  }

  DerCursor(byte[] octets, int from, int to) {
    this.octets = octets;
    this.position = from;
    this.end = to;
  }

  /**
   * One value.
   *
   * @param tag the identifier octet, class and form included
   * @param start where its identifier is
   * @param from where its content begins
   * @param to where it ends
   */
  record Value(int tag, int start, int from, int to) {
    boolean constructed() {
      return (tag & CONSTRUCTED) != 0;
    }

    boolean universal() {
      return (tag & 0xc0) == 0;
    }

    int length() {
      return to - from;
    }
  }

  boolean hasMore() {
    return position < end;
  }

  int position() {
    return position;
  }

  /** The identifier of the next value, -1 at the end. */
  int peek() {
    return hasMore() ? octets[position] & 0xff : -1;
  }

  Value next() throws NotDer {
    int start = position;
    int tag = octet();
    if ((tag & HIGH_TAG) == HIGH_TAG) {
      throw new NotDer("a tag number above 30");
    }
    int length = length();
    if (length > end - position) {
      throw new NotDer("a value longer than what holds it");
    }
    int from = position;
    position += length;
    return new Value(tag, start, from, position);
  }

  Value next(int tag, String what) throws NotDer {
    if (peek() != tag) {
      throw new NotDer(what + " is missing or of another type");
    }
    return next();
  }

  /** Steps into the next value, which must have that tag. */
  DerCursor into(int tag, String what) throws NotDer {
    Value value = next(tag, what);
    return inside(value);
  }

  DerCursor inside(Value value) {
    return new DerCursor(octets, value.from(), value.to());
  }

  byte[] content(Value value) {
    return Arrays.copyOfRange(octets, value.from(), value.to());
  }

  byte[] whole(Value value) {
    return Arrays.copyOfRange(octets, value.start(), value.to());
  }

  void end() throws NotDer {
    if (hasMore()) {
      throw new NotDer("octets behind the end");
    }
  }

  private int length() throws NotDer {
    int first = octet();
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7f;
    if (count == 0 || count > 4) {
      throw new NotDer(count == 0 ? "an indefinite length" : "a length of more than 4 octets");
    }
    long length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | octet();
    }
    if (length < 0x80 || length >>> (8 * (count - 1)) == 0 || length > Integer.MAX_VALUE) {
      throw new NotDer("a length that isn't the shortest");
    }
    return (int) length;
  }

  private int octet() throws NotDer {
    if (!hasMore()) {
      throw new NotDer("it ends too early");
    }
    return octets[position++] & 0xff;
  }
}
