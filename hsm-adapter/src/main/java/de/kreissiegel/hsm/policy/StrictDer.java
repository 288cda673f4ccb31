package de.kreissiegel.hsm.policy;

/**
 * Walks through a whole value and accepts only the distinguished encoding (X.690 §10, §11):
 * definite, shortest lengths, canonical primitives, sorted SETs, nothing behind the end. Holds
 * nothing in memory; default values that were encoded are the schema's business.
 */
final class StrictDer {
  private static final int DEEPEST = 32;

  private final byte[] octets;

  private StrictDer(byte[] octets) {
    this.octets = octets;
  }

  /** Accepts exactly one value that fills the octets. */
  static void check(byte[] octets) throws NotDer {
    new StrictDer(octets).value(0, octets.length, 0);
  }

  private void value(int from, int to, int depth) throws NotDer {
    DerCursor cursor = new DerCursor(octets, from, to);
    one(cursor, depth);
    cursor.end();
  }

  private void one(DerCursor cursor, int depth) throws NotDer {
    if (depth > DEEPEST) {
      throw new NotDer("nested deeper than " + DEEPEST);
    }
    DerCursor.Value value = cursor.next();
    if (value.constructed()) {
      if (value.universal() && value.tag() != DerCursor.SEQUENCE && value.tag() != DerCursor.SET) {
        throw new NotDer("a constructed string");
      }
      children(value, depth);
    } else if (value.universal()) {
      DerPrimitives.check(octets, value);
    }
  }

  private void children(DerCursor.Value parent, int depth) throws NotDer {
    DerCursor inside = new DerCursor(octets, parent.from(), parent.to());
    int before = -1;
    int beforeEnd = -1;
    while (inside.hasMore()) {
      int start = inside.position();
      one(inside, depth + 1);
      if (parent.tag() == DerCursor.SET) {
        if (before >= 0 && inOrder(before, beforeEnd, start, inside.position()) > 0) {
          throw new NotDer("a SET that is not sorted");
        }
        before = start;
        beforeEnd = inside.position();
      }
    }
  }

  private int inOrder(int a, int aEnd, int b, int bEnd) {
    return java.util.Arrays.compareUnsigned(octets, a, aEnd, octets, b, bEnd);
  }
}
