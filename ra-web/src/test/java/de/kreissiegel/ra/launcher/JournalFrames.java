package de.kreissiegel.ra.launcher;

import java.nio.ByteBuffer;

/** As much of the journal's form as is needed to put an entry in another's place. */
final class JournalFrames {
  private static final int HASH = 32;

  private JournalFrames() {}

  /** How many octets the entry takes that begins here: two lengths, two parts, a hash. */
  static int lengthAt(byte[] journal, int offset) {
    ByteBuffer header = ByteBuffer.wrap(journal, offset, 2 * Integer.BYTES);
    return 2 * Integer.BYTES + header.getInt() + header.getInt() + HASH;
  }
}
