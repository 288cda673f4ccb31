package de.kreissiegel.ca.lint;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A value in DER (X.690 §8, §10, §11), read strictly and with all that it holds: what has two
 * readings has none here. It shares the octets it was read from.
 */
final class Der {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OID = 0x06;
  static final int UTF8_STRING = 0x0c;
  static final int PRINTABLE_STRING = 0x13;
  static final int TELETEX_STRING = 0x14;
  static final int IA5_STRING = 0x16;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int UNIVERSAL_STRING = 0x1c;
  static final int BMP_STRING = 0x1e;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int CONSTRUCTED = 0x20;
  private static final int DEEPEST = 24;

  private final byte[] octets;
  private final int start;
  private final int content;
  private final int end;
  private final List<Der> children;

  private Der(byte[] octets, int start, int content, int end, List<Der> children) {
    this.octets = octets;
    this.start = start;
    this.content = content;
    this.end = end;
    this.children = children;
  }

  /** Reads one value that takes up all of the octets. */
  static Der read(byte[] octets) throws Malformed {
    return read(octets, 0, octets.length);
  }

  static Der read(byte[] octets, int from, int to) throws Malformed {
    Der value = next(octets, from, to, 0);
    if (value.end != to) {
      throw new Malformed("octets follow the value");
    }
    return value;
  }

  private static Der next(byte[] octets, int start, int limit, int depth) throws Malformed {
    if (limit - start < 2 || depth > DEEPEST) {
      throw new Malformed(depth > DEEPEST ? "nested too deeply" : "the octets end too soon");
    }
    int tag = octets[start] & 0xff;
    if ((tag & 0x1f) == 0x1f) {
      throw new Malformed("a tag above 30");
    }
    int content = start + 2;
    int length = octets[start + 1] & 0xff;
    if (length > 0x7f) {
      int count = length & 0x7f;
      if (count == 0 || count > 3 || limit - content < count) {
        throw new Malformed("a length that is indefinite, too long or cut");
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | octets[content++] & 0xff;
      }
      if (length < 0x80 || length >>> (8 * (count - 1)) == 0) {
        throw new Malformed("a length in more octets than needed");
      }
    }
    if (limit - content < length) {
      throw new Malformed("a value longer than what holds it");
    }
    return value(octets, start, content, content + length, depth);
  }

  private static Der value(byte[] octets, int start, int content, int end, int depth)
      throws Malformed {
    int tag = octets[start] & 0xff;
    if ((tag & CONSTRUCTED) == 0) {
      DerPrimitives.check(tag, octets, content, end);
      return new Der(octets, start, content, end, List.of());
    }
    if ((tag & 0xc0) == 0 && tag != SEQUENCE && tag != SET) {
      throw new Malformed("a string in pieces");
    }
    List<Der> children = new ArrayList<>(4);
    for (int at = content; at < end; ) {
      Der child = next(octets, at, end, depth + 1);
      if (tag == SET && !children.isEmpty()) {
        inOrder(children.getLast(), child);
      }
      children.add(child);
      at = child.end;
    }
    return new Der(octets, start, content, end, children);
  }

  /** X.690 §11.6; the SETs of certificates are all SETs OF. */
  private static void inOrder(Der one, Der next) throws Malformed {
    if (Arrays.compareUnsigned(one.octets, one.start, one.end, next.octets, next.start, next.end)
        > 0) {
      throw new Malformed("a SET OF out of order");
    }
  }

  int tag() {
    return octets[start] & 0xff;
  }

  boolean is(int tag) {
    return tag() == tag;
  }

  /** The number of a context-specific tag, or -1. */
  int contextTag() {
    return (octets[start] & 0xc0) == 0x80 ? octets[start] & 0x1f : -1;
  }

  /** What it holds; for a primitive value nothing. */
  List<Der> children() {
    return children;
  }

  /** The same, if it is of this tag. */
  List<Der> children(int tag) throws Malformed {
    return as(tag).children;
  }

  /** The child at this place. */
  Der child(int at) throws Malformed {
    if (at >= children.size()) {
      throw new Malformed("a part is missing");
    }
    return children.get(at);
  }

  Der as(int tag) throws Malformed {
    if (!is(tag)) {
      throw new Malformed("tag %02x where %02x belongs".formatted(tag(), tag));
    }
    return this;
  }

  int length() {
    return end - content;
  }

  /** All its octets. */
  byte[] encoded() {
    return Arrays.copyOfRange(octets, start, end);
  }

  boolean isEncodedAs(byte[] other) {
    return Arrays.equals(octets, start, end, other, 0, other.length);
  }

  /** Its content. */
  byte[] content() {
    return Arrays.copyOfRange(octets, content, end);
  }

  int octet(int at) {
    return octets[content + at] & 0xff;
  }

  BigInteger integer() throws Malformed {
    as(INTEGER);
    return new BigInteger(octets, content, length());
  }

  String oid() throws Malformed {
    as(OID);
    return DerPrimitives.oid(octets, content, end);
  }

  /** The octets of a BIT STRING without unused bits. */
  byte[] wholeOctets() throws Malformed {
    as(BIT_STRING);
    if (octet(0) != 0) {
      throw new Malformed("a BIT STRING that is not whole octets");
    }
    return Arrays.copyOfRange(octets, content + 1, end);
  }

  /** What a BIT STRING or an OCTET STRING holds, as a value of its own. */
  Der inner() throws Malformed {
    if (is(BIT_STRING)) {
      if (octet(0) != 0) {
        throw new Malformed("a BIT STRING that is not whole octets");
      }
      return read(octets, content + 1, end);
    }
    as(OCTET_STRING);
    return read(octets, content, end);
  }

  /** A string's text, whatever its kind; what can't be read as one is read as Latin-1. */
  String text() {
    return switch (tag()) {
      case UTF8_STRING -> new String(octets, content, length(), StandardCharsets.UTF_8);
      case BMP_STRING -> new String(octets, content, length(), StandardCharsets.UTF_16BE);
      case UNIVERSAL_STRING ->
          new String(octets, content, length(), java.nio.charset.Charset.forName("UTF-32BE"));
      default -> new String(octets, content, length(), StandardCharsets.ISO_8859_1);
    };
  }
}
