package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Arrays;

/**
 * Writes DER from its end to its start. What is in an element stands there before its header is
 * written, so no length has to be known in advance, and all comes to lie in one array.
 */
final class ReverseDer {
  private byte[] octets;
  private int start;

  /**
   * @param room octets that are expected; more have room, too
   */
  ReverseDer(int room) {
    octets = new byte[room];
    start = room;
  }

  /** The number of octets so far; {@link #wrap} takes it for the end of an element. */
  int length() {
    return octets.length - start;
  }

  /** Puts these octets before the others. */
  ReverseDer put(byte[] all) {
    return put(all, 0, all.length);
  }

  /** Puts a part of an array before the others. */
  ReverseDer put(byte[] from, int at, int length) {
    ensure(length);
    start -= length;
    System.arraycopy(from, at, octets, start, length);
    return this;
  }

  /** Puts one octet before the others. */
  ReverseDer put(int octet) {
    ensure(1);
    octets[--start] = (byte) octet;
    return this;
  }

  /**
   * Makes an element of this tag of all that was written since there were {@code before} octets.
   */
  ReverseDer wrap(int tag, int before) {
    int length = length() - before;
    if (length < 0x80) {
      put(length);
    } else {
      int count = 0;
      for (int rest = length; rest > 0; rest >>>= 8) {
        put(rest);
        count++;
      }
      put(0x80 | count);
    }
    return put(tag);
  }

  byte[] toArray() {
    return Arrays.copyOfRange(octets, start, octets.length);
  }

  Bytes toBytes() {
    return Bytes.of(octets, start, octets.length);
  }

  private void ensure(int more) {
    if (more > start) {
      byte[] larger = new byte[octets.length * 2 + more];
      int length = length();
      System.arraycopy(octets, start, larger, larger.length - length, length);
      start = larger.length - length;
      octets = larger;
    }
  }
}
