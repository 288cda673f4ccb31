package de.kreissiegel.ra.pages;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.HexFormat;

/** SHA-256 fingerprints. */
public final class Fingerprint {
  private Fingerprint() {}

  /** SHA-256 of these octets. */
  public static byte[] sha256(Bytes octets) {
    return octets.sha256().toArray();
  }

  /** The same for people who compare: upper-case octets with colons between them. */
  public static String forPeople(Bytes octets) {
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256(octets));
  }
}
