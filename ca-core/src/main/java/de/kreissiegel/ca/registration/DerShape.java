package de.kreissiegel.ca.registration;

/**
 * The outer shape of DER (X.690 §10.1): definite lengths in their shortest form, nested not too
 * deep, one value and nothing after it. Runs before the parser proper, which would follow any
 * nesting.
 */
final class DerShape {
  private static final int DEEPEST = 24;
  private static final int CONSTRUCTED = 0x20;

  private final byte[] octets;

  private DerShape(byte[] octets) {
    this.octets = octets;
  }

  static boolean holds(byte[] octets) {
    return octets.length > 0 && new DerShape(octets).element(0, octets.length, 0) == octets.length;
  }

  /** The end of the element that starts here; -1 if its shape is wrong. */
  private int element(int start, int limit, int depth) {
    if (depth > DEEPEST || start + 2 > limit) {
      return -1;
    }
    int tag = octets[start] & 0xff;
    if ((tag & 0x1f) == 0x1f) {
      return -1; // no tag above 30 occurs in PKCS#10
    }
    int first = octets[start + 1] & 0xff;
    int position = start + 2;
    int length = first;
    if (first >= 0x80) {
      int count = first & 0x7f;
      if (count == 0 || count > 3 || position + count > limit) {
        return -1;
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = (length << 8) | (octets[position++] & 0xff);
      }
      if (length < 0x80 || length >> (8 * (count - 1)) == 0) {
        return -1;
      }
    }
    int end = position + length;
    if (end > limit) {
      return -1;
    }
    if ((tag & CONSTRUCTED) != 0) {
      while (position < end) {
        position = element(position, end, depth + 1);
        if (position < 0) {
          return -1;
        }
      }
    }
    return end;
  }
}
