package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every JDK has. */
public final class Digests {
  public static final int OCTETS = 32;

  /** Never fed, only copied: looking for one among the providers takes longer. */
  private static final MessageDigest EMPTY = found();

  private Digests() {}

  /** The digest of the parts, one after the other. */
  public static Bytes sha256(byte[]... parts) {
    MessageDigest digest = fresh();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return Bytes.of(digest.digest());
  }

  static MessageDigest fresh() {
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
}
