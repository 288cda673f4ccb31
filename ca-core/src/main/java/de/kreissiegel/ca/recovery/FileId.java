package de.kreissiegel.ca.recovery;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The name of a file in an address: 128 random bits, which nobody guesses; and nobody but whom it
 * is for gets anything by it.
 *
 * @throws IllegalArgumentException if it isn't 16 octets
 */
public record FileId(Bytes value) {
  private static final int OCTETS = 16;
  private static final int CHARACTERS = 22;

  public FileId {
    if (value.length() != OCTETS) {
      throw new IllegalArgumentException("a file's id has 16 octets");
    }
  }

  static FileId random(SecureRandom random) {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return new FileId(Bytes.of(octets));
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it isn't that
   */
  public static FileId of(String text) {
    if (text.length() != CHARACTERS) {
      throw new IllegalArgumentException("a file's id has 22 characters");
    }
    return new FileId(Bytes.of(Base64.getUrlDecoder().decode(text)));
  }

  /** 22 characters of base64url (RFC 4648 §5). */
  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value.toArray());
  }
}
