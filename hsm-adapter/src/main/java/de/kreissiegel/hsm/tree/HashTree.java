package de.kreissiegel.hsm.tree;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A Merkle tree that only grows (RFC 9162 §2.1.1). It holds no leaves, only the roots of the whole
 * subtrees that stand side by side: 32 octets for each bit of the size. Not safe for many threads.
 */
public final class HashTree {
  private static final int OCTETS = 32;
  private static final int DEEPEST = Long.SIZE;
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  /** Never fed, only copied: looking for one among the providers takes longer. */
  private static final MessageDigest EMPTY = found();

  private final MessageDigest digest = sha256();
  private final byte[] peaks = new byte[DEEPEST * OCTETS];
  private final byte[] node = new byte[1 + 2 * OCTETS];
  private int height;
  private long size;

  /** An empty tree. */
  public HashTree() {}

  /**
   * A tree that goes on from what {@link #peaks} gave.
   *
   * @param size how many leaves it had
   * @throws IllegalArgumentException if there can't be such a tree
   */
  public static HashTree of(long size, Bytes peaks) {
    int height = Long.bitCount(size);
    if (size < 0 || peaks.length() != height * OCTETS) {
      throw new IllegalArgumentException("not the state of a tree of " + size + " leaves");
    }
    HashTree tree = new HashTree();
    peaks.copyTo(tree.peaks, 0);
    tree.height = height;
    tree.size = size;
    return tree;
  }

  /** The roots of the whole subtrees, the largest first: all that has to be kept to go on. */
  public Bytes peaks() {
    return Bytes.of(peaks, 0, height * OCTETS);
  }

  /** The hash of a leaf that holds these octets. */
  public static byte[] leaf(byte[] octets) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return digest.digest(octets);
  }

  /** How many leaves it has. */
  public long size() {
    return size;
  }

  /** Adds a leaf that holds these octets. */
  public void add(byte[] octets) {
    digest.update(LEAF);
    digest.update(octets);
    put(digest, peaks, height * OCTETS);
    grown();
  }

  /** Adds a leaf whose hash is known. */
  public void addLeaf(byte[] leafHash) {
    System.arraycopy(leafHash, 0, peaks, height * OCTETS, OCTETS);
    grown();
  }

  private void grown() {
    height++;
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      int left = (height - 2) * OCTETS;
      join(peaks, left, peaks, left + OCTETS, peaks, left);
      height--;
    }
    size++;
  }

  /** The tree's head; of an empty tree SHA-256 of nothing. */
  public Bytes root() {
    if (size == 0) {
      return Bytes.of(sha256().digest());
    }
    int last = (height - 1) * OCTETS;
    byte[] root = Arrays.copyOfRange(peaks, last, last + OCTETS);
    for (int left = last - OCTETS; left >= 0; left -= OCTETS) {
      join(peaks, left, root, 0, root, 0);
    }
    return Bytes.of(root);
  }

  private void join(byte[] left, int leftAt, byte[] right, int rightAt, byte[] into, int at) {
    node[0] = NODE;
    System.arraycopy(left, leftAt, node, 1, OCTETS);
    System.arraycopy(right, rightAt, node, 1 + OCTETS, OCTETS);
    digest.update(node);
    put(digest, into, at);
  }

  private static MessageDigest sha256() {
    try {
      return (MessageDigest) EMPTY.clone();
    } catch (CloneNotSupportedException notByThisProvider) {
      return found();
    }
  }

  private static MessageDigest found() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void put(MessageDigest digest, byte[] into, int at) {
    try {
      digest.digest(into, at, OCTETS);
    } catch (DigestException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
