package de.kreissiegel.ca.status;

/**
 * The outer look of DER, checked before a parser walks in: one element that fills the octets,
 * definite lengths, everything inside what holds it, no deeper than a bound. A parser that recurses
 * is then safe from a request that is nothing but nesting.
 */
final class DerShape {
  private static final int DEPTH = 24;

  private final byte[] octets;

  private DerShape(byte[] octets) {
    this.octets = octets;
  }

  static boolean fits(byte[] octets) {
    try {
      return new DerShape(octets).element(0, octets.length, 0) == octets.length;
    } catch (IndexOutOfBoundsException _) {
      return false;
    }
  }

  /** Where the element that starts here ends; throws if it doesn't within the bounds. */
  private int element(int start, int limit, int depth) {
    int tag = octets[start] & 0xff;
    if ((tag & 0x1f) == 0x1f || depth > DEPTH) {
      throw new IndexOutOfBoundsException();
    }
    int at = start + 1;
    int length = octets[at++] & 0xff;
    if (length == 0x80 || length > 0x84) {
      throw new IndexOutOfBoundsException();
    }
    if (length > 0x80) {
      long declared = 0;
      for (int rest = length & 0x7f; rest > 0; rest--) {
        declared = (declared << 8) | (octets[at++] & 0xff);
      }
      length = declared > octets.length ? limit : (int) declared;
    }
    int end = at + length;
    if (end > limit) {
      throw new IndexOutOfBoundsException();
    }
    if ((tag & 0x20) != 0) {
      while (at < end) {
        at = element(at, end, depth + 1);
      }
    }
    return end;
  }
}
