package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A Merkle tree that only grows (RFC 9162 §2.1.1). It holds no leaves, only the roots of the whole
 * subtrees that stand side by side: 32 octets for each bit of the size. Not safe for many threads.
 */
final class HashTree {
  private static final int DEEPEST = Long.SIZE;
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest digest = Digests.fresh();
  private final byte[] peaks = new byte[DEEPEST * Digests.OCTETS];
  private final byte[] node = new byte[1 + 2 * Digests.OCTETS];
  private int height;
  private long size;

  /** The hash of a leaf that holds these octets. */
  static byte[] leaf(byte[] octets) {
    MessageDigest digest = Digests.fresh();
    digest.update(LEAF);
    return digest.digest(octets);
  }

  long size() {
    return size;
  }

  /** Adds a leaf that holds these octets. */
  void add(byte[] octets) {
    digest.update(LEAF);
    digest.update(octets);
    put(digest, peaks, height * Digests.OCTETS);
    grown();
  }

  /** Adds a leaf whose hash is known. */
  void addLeaf(byte[] leafHash) {
    System.arraycopy(leafHash, 0, peaks, height * Digests.OCTETS, Digests.OCTETS);
    grown();
  }

  private void grown() {
    height++;
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      int left = (height - 2) * Digests.OCTETS;
      join(peaks, left, peaks, left + Digests.OCTETS, peaks, left);
      height--;
    }
    size++;
  }

  /** The tree's head; of an empty tree SHA-256 of nothing. */
  Bytes root() {
    if (size == 0) {
      return Digests.sha256(new byte[0]);
    }
    int last = (height - 1) * Digests.OCTETS;
    byte[] root = Arrays.copyOfRange(peaks, last, last + Digests.OCTETS);
    for (int left = last - Digests.OCTETS; left >= 0; left -= Digests.OCTETS) {
      join(peaks, left, root, 0, root, 0);
    }
    return Bytes.of(root);
  }

  private void join(byte[] left, int leftAt, byte[] right, int rightAt, byte[] into, int at) {
    node[0] = NODE;
    System.arraycopy(left, leftAt, node, 1, Digests.OCTETS);
    System.arraycopy(right, rightAt, node, 1 + Digests.OCTETS, Digests.OCTETS);
    digest.update(node);
    put(digest, into, at);
  }

  private static void put(MessageDigest digest, byte[] into, int at) {
    try {
      digest.digest(into, at, Digests.OCTETS);
    } catch (DigestException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
