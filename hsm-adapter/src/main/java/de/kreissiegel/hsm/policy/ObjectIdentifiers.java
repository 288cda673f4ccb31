package de.kreissiegel.hsm.policy;

import java.math.BigInteger;

/** Object identifiers from DER (X.690 §8.19) to dotted form. */
final class ObjectIdentifiers {
  private static final int LONGEST = 128;

  private ObjectIdentifiers() {}

  static String next(DerCursor cursor, String what) throws NotDer {
    byte[] content = cursor.content(cursor.next(DerCursor.OBJECT_IDENTIFIER, what));
    if (content.length == 0 || content.length > LONGEST || content[content.length - 1] < 0) {
      throw new NotDer(what + " can't be read");
    }
    StringBuilder dotted = new StringBuilder(content.length * 3);
    int from = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] >= 0) {
        arc(dotted, content, from, i + 1);
        from = i + 1;
      }
    }
    return dotted.toString();
  }

  private static void arc(StringBuilder dotted, byte[] content, int from, int to) {
    if (to - from > 8) {
      BigInteger value = BigInteger.ZERO;
      for (int i = from; i < to; i++) {
        value = value.shiftLeft(7).or(BigInteger.valueOf(content[i] & 0x7f));
      }
      // Arcs that large stand behind 2 only.
      dotted.append(from == 0 ? "2." + value.subtract(BigInteger.valueOf(80)) : "." + value);
      return;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value << 7 | (content[i] & 0x7f);
    }
    if (from == 0) {
      long root = Math.min(value / 40, 2);
      dotted.append(root).append('.').append(value - 40 * root);
    } else {
      dotted.append('.').append(value);
    }
  }
}
