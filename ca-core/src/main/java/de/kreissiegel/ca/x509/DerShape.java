package de.kreissiegel.ca.x509;

/**
 * The outer shape of DER (X.690 §10.1), looked at before a parser walks in: one element that fills
 * the octets, definite lengths in their shortest form, everything inside of what holds it, nested
 * not too deep. A parser that recurses is then safe from what is nothing but nesting.
 */
public final class DerShape {
  private static final int DEEPEST = 24;
  private static final int CONSTRUCTED = 0x20;
  private static final int HIGH_TAG = 0x1f;
  private static final int MOST_LENGTH_OCTETS = 4;

  private final byte[] octets;

  private DerShape(byte[] octets) {
    this.octets = octets;
  }

  /** Whether the octets are one element of that shape and nothing else. */
  public static boolean holds(byte[] octets) {
    return octets.length > 0 && new DerShape(octets).element(0, octets.length, 0) == octets.length;
  }

  /** The end of the element that starts here; -1 if its shape is wrong. */
  private int element(int start, int limit, int depth) {
    if (depth > DEEPEST || limit - start < 2 || (octets[start] & HIGH_TAG) == HIGH_TAG) {
      return -1;
    }
    int first = octets[start + 1] & 0xff;
    int position = start + 2;
    long length = first;
    if (first >= 0x80) {
      int count = first & 0x7f;
      if (count == 0 || count > MOST_LENGTH_OCTETS || limit - position < count) {
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
    if (length > limit - position) {
      return -1;
    }
    int end = position + (int) length;
    if ((octets[start] & CONSTRUCTED) != 0) {
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
