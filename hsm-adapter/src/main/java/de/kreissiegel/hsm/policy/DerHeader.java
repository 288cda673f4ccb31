package de.kreissiegel.hsm.policy;

/** Identifier and length of a value of which the rest may not have come yet (X.690 §8.1, §10.1). */
final class DerHeader {
  private static final int MOST_LENGTH_OCTETS = 4;

  private int tag;
  private int octets;
  private long length;

  /** Reads one; false if it isn't whole yet. */
  boolean read(byte[] in, int from, int available) throws NotDer {
    if (available < 2) {
      return false;
    }
    tag = in[from] & 0xff;
    if ((tag & 0x1f) == 0x1f) {
      throw new NotDer("a tag number above 30");
    }
    int first = in[from + 1] & 0xff;
    if (first < 0x80) {
      octets = 2;
      length = first;
      return true;
    }
    int count = first & 0x7f;
    if (count == 0 || count > MOST_LENGTH_OCTETS) {
      throw new NotDer(count == 0 ? "an indefinite length" : "a length of more than 4 octets");
    }
    if (available < 2 + count) {
      return false;
    }
    length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | in[from + 2 + i] & 0xff;
    }
    if (length < 0x80 || length >>> (8 * (count - 1)) == 0) {
      throw new NotDer("a length that isn't the shortest");
    }
    octets = 2 + count;
    return true;
  }

  int tag() {
    return tag;
  }

  /** How many octets identifier and length take. */
  int octets() {
    return octets;
  }

  /** How many octets the content takes, up to 4 GiB. */
  long length() {
    return length;
  }

  long whole() {
    return octets + length;
  }
}
