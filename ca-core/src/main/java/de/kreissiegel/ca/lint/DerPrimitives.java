package de.kreissiegel.ca.lint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The rules of DER for the content of primitive values (X.690 §8, §11). */
final class DerPrimitives {
  private DerPrimitives() {}

  static void check(int tag, byte[] octets, int from, int to) throws Malformed {
    switch (tag) {
      case Der.BOOLEAN ->
          require(to - from == 1 && (octets[from] == 0 || octets[from] == -1), "a BOOLEAN");
      case Der.INTEGER, 0x0a -> checkInteger(octets, from, to);
      case Der.BIT_STRING -> checkBits(octets, from, to);
      case Der.NULL -> require(to == from, "a NULL with content");
      case Der.OID -> checkOid(octets, from, to);
      case Der.UTF8_STRING -> checkUtf8(octets, from, to);
      case Der.SEQUENCE & ~0x20, Der.SET & ~0x20 -> throw new Malformed("a primitive SEQUENCE");
      default -> {
        // Strings of other kinds and times are judged by lints of their own.
      }
    }
  }

  private static void require(boolean holds, String what) throws Malformed {
    if (!holds) {
      throw new Malformed("not DER: " + what);
    }
  }

  private static void checkInteger(byte[] octets, int from, int to) throws Malformed {
    require(to > from, "an INTEGER without content");
    require(
        to - from == 1
            || !(octets[from] == 0 && octets[from + 1] >= 0
                || octets[from] == -1 && octets[from + 1] < 0),
        "an INTEGER in more octets than needed");
  }

  private static void checkBits(byte[] octets, int from, int to) throws Malformed {
    require(to > from, "a BIT STRING without content");
    int unused = octets[from];
    require(
        unused >= 0
            && unused <= 7
            && (unused == 0 || to - from > 1 && (octets[to - 1] & (1 << unused) - 1) == 0),
        "the unused bits of a BIT STRING");
  }

  private static void checkOid(byte[] octets, int from, int to) throws Malformed {
    require(to > from && octets[to - 1] >= 0 && to - from <= 64, "an OBJECT IDENTIFIER");
    for (int at = from; at < to; at++) {
      boolean first = at == from || octets[at - 1] >= 0;
      require(!(first && octets[at] == (byte) 0x80), "an OBJECT IDENTIFIER");
    }
  }

  private static void checkUtf8(byte[] octets, int from, int to) throws Malformed {
    boolean ascii = true;
    for (int at = from; at < to; at++) {
      ascii &= octets[at] >= 0;
    }
    if (!ascii) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, to - from));
      } catch (CharacterCodingException broken) {
        throw new Malformed("a UTF8String that is not UTF-8");
      }
    }
  }

  /** In dotted form; an arc of more than 56 bits is a question mark, which is like no other OID. */
  static String oid(byte[] octets, int from, int to) {
    var dotted = new StringBuilder(24);
    long arc = 0;
    boolean huge = false;
    for (int at = from; at < to; at++) {
      huge |= arc >>> 49 != 0;
      arc = arc << 7 | octets[at] & 0x7f;
      if (octets[at] >= 0) {
        if (huge) {
          dotted.append(dotted.isEmpty() ? "2.?" : ".?");
          huge = false;
        } else if (dotted.isEmpty()) {
          long first = Math.min(arc / 40, 2);
          dotted.append(first).append('.').append(arc - 40 * first);
        } else {
          dotted.append('.').append(arc);
        }
        arc = 0;
      }
    }
    return dotted.toString();
  }
}
