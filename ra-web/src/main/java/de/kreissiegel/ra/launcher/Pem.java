package de.kreissiegel.ra.launcher;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Base64;

/** The textual encoding of RFC 7468. */
final class Pem {
  private Pem() {}

  /** A block with this label, as {@code CERTIFICATE} or {@code PUBLIC KEY}. */
  static String encode(String label, Bytes content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content.toArray());
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  /**
   * The content of the first block.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Bytes decode(String text) {
    int start = text.indexOf("-----\n");
    int end = text.indexOf("\n-----END ");
    if (!text.startsWith("-----BEGIN ") || start < 0 || end < start) {
      throw new IllegalArgumentException("not PEM");
    }
    return Bytes.of(Base64.getMimeDecoder().decode(text.substring(start + 6, end)));
  }
}
