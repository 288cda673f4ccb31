package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How an entry lies in a file. */
final class Frames {
  private static final int HEADER = 2 * Integer.BYTES;
  private static final int LONGEST_BODY = 4096;
  private static final int LONGEST_KEPT = 1 << 17;

  private Frames() {}

  static byte[] frame(byte[] body, Optional<Bytes> kept, Bytes hash) {
    byte[] octets = kept.map(Bytes::toArray).orElseGet(() -> new byte[0]);
    return ByteBuffer.allocate(HEADER + body.length + octets.length + Digests.OCTETS)
        .putInt(body.length)
        .putInt(octets.length)
        .put(body)
        .put(octets)
        .put(hash.toArray())
        .array();
  }

  static long length(int bodyLength, int keptLength) {
    return (long) HEADER + bodyLength + keptLength + Digests.OCTETS;
  }

  /** An entry and how many octets it takes. */
  record Frame(JournalEntry entry, long length) {}

  /**
   * Reads one.
   *
   * @throws EOFException if the input ends within it
   */
  static Frame read(DataInputStream in) throws IOException, BrokenFrame {
    int bodyLength = in.readInt();
    int keptLength = in.readInt();
    if (bodyLength <= 0
        || bodyLength > LONGEST_BODY
        || keptLength < 0
        || keptLength > LONGEST_KEPT) {
      throw new BrokenFrame("its length is impossible");
    }
    byte[] body = in.readNBytes(bodyLength);
    byte[] kept = in.readNBytes(keptLength);
    byte[] hash = in.readNBytes(Digests.OCTETS);
    if (hash.length < Digests.OCTETS) {
      throw new EOFException("the file ends within the entry");
    }
    if (!Arrays.equals(Digests.sha256(body).toArray(), hash)) {
      throw new BrokenFrame("its content doesn't match its hash");
    }
    return new Frame(entry(body, kept), length(bodyLength, keptLength));
  }

  private static JournalEntry entry(byte[] body, byte[] kept) throws BrokenFrame {
    JournalEntry entry;
    try {
      entry =
          EntryCodec.entry(body, kept.length == 0 ? Optional.empty() : Optional.of(Bytes.of(kept)));
    } catch (IllegalArgumentException notOne) {
      throw new BrokenFrame("its content can't be read", notOne);
    }
    if (entry.structure().keptWhole() != (kept.length > 0)) {
      throw new BrokenFrame("the octets that were signed are not kept as they should be");
    }
    if (kept.length > 0 && !Digests.sha256(kept).equals(entry.digest())) {
      throw new BrokenFrame("the octets that were signed don't match their digest");
    }
    return entry;
  }
}
