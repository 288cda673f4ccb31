package de.kreissiegel.ra.launcher;

import java.nio.ByteBuffer;

/** As much of the journal's form as is needed to put an entry in another's place. */
final class JournalFrames {
  /** The octets before the first entry. */
  static final int BEGINNING = 8;

  private static final int HASH = 32;

  private JournalFrames() {}

  /**
   * How many octets the entry takes that begins here: two lengths, a header and its hash, a body.
   */
  static int lengthAt(byte[] journal, int offset) {
    ByteBuffer header = ByteBuffer.wrap(journal, offset, 2 * Integer.BYTES);
    return 2 * Integer.BYTES + header.getInt() + header.getInt() + HASH;
  }
}
