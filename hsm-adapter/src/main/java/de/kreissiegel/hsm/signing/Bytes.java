package de.kreissiegel.hsm.signing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Octets that don't change and compare by content, mostly DER or a hash. */
public final class Bytes {
  private final byte[] octets;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /** A copy of the octets. */
  public static Bytes of(byte[] octets) {
    return new Bytes(octets.clone());
  }

  /**
   * A copy of a part.
   *
   * @param from the first octet of it
   * @param to the first octet after it
   */
  public static Bytes of(byte[] octets, int from, int to) {
    return new Bytes(Arrays.copyOfRange(octets, from, to));
  }

  /** The octets that a string of hexadecimal digits stands for. */
  public static Bytes fromHex(String digits) {
    return new Bytes(HexFormat.of().parseHex(digits));
  }

  /** A copy of the octets; the caller may do with it as it likes. */
  public byte[] toArray() {
    return octets.clone();
  }

  /** Copies all octets into that array, from that place on; it must have the room. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(octets, 0, target, at, octets.length);
  }

  public int length() {
    return octets.length;
  }

  public String toHex() {
    return HexFormat.of().formatHex(octets);
  }

  /** Their SHA-256 (FIPS 180-4), 32 octets. */
  public Bytes sha256() {
    try {
      return new Bytes(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java has it (java.security.MessageDigest).
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(octets, bytes.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  /** The first octets in hexadecimal, enough to tell two apart in a log. */
  @Override
  public String toString() {
    return octets.length <= 32
        ? toHex()
        : HexFormat.of().formatHex(octets, 0, 16) + "… (" + octets.length + " octets)";
  }
}
