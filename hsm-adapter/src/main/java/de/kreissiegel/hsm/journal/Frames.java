package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * How an entry lies in a file: two 32-bit lengths (big-endian), the header, SHA-256 of the header,
 * the body. The length of an erased body is 0.
 */
final class Frames {
  static final int LENGTHS = 2 * Integer.BYTES;
  static final int LONGEST_HEADER = 1 << 17;
  static final int LONGEST_BODY = 1 << 22;

  private Frames() {}

  static int length(int headerLength, int bodyLength) {
    return LENGTHS + headerLength + Digests.OCTETS + bodyLength;
  }

  /** Whether an entry may have parts of these lengths. */
  static boolean possible(int headerLength, int bodyLength) {
    return headerLength > 0
        && headerLength <= LONGEST_HEADER
        && bodyLength >= 0
        && bodyLength <= LONGEST_BODY;
  }

  /**
   * Reads the entry that begins there and is there to its end.
   *
   * @throws BrokenFrame if it isn't as it was written
   */
  static JournalEntry read(
      byte[] octets, int from, int headerLength, int bodyLength, MessageDigest digest)
      throws BrokenFrame {
    int header = from + LENGTHS;
    int hash = header + headerLength;
    int body = hash + Digests.OCTETS;
    digest.update(octets, header, headerLength);
    byte[] found = digest.digest();
    if (!Arrays.equals(octets, hash, body, found, 0, Digests.OCTETS)) {
      throw new BrokenFrame("its content doesn't match its hash");
    }
    Optional<Bytes> kept =
        bodyLength == 0
            ? Optional.empty()
            : Optional.of(Bytes.of(Arrays.copyOfRange(octets, body, body + bodyLength)));
    JournalEntry entry = EntryCodec.entry(octets, header, headerLength, Bytes.of(found), kept);
    if (bodyLength > 0) {
      digest.update(octets, body, bodyLength);
      if (!Bytes.of(digest.digest()).equals(entry.bodyDigest())) {
        throw new BrokenFrame("its body doesn't match its digest");
      }
    }
    return entry;
  }
}
