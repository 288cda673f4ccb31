package de.kreissiegel.ca.revision;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What somebody wrote, and a commitment to it that stays when the words are erased: SHA-256 over 32
 * octets of chance and the words in UTF-8. Without the chance nobody can try words against it.
 *
 * @param words empty if they were erased
 * @param salt erased with the words
 */
public record SealedText(Optional<String> words, Optional<Bytes> salt, Bytes commitment) {
  private static final int SALT = 32;

  static SealedText of(String words, SecureRandom random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    return new SealedText(
        Optional.of(words), Optional.of(Bytes.of(salt)), commitment(Bytes.of(salt), words));
  }

  /** Whether the words are those that were written, or were erased. */
  public boolean holds() {
    return words.isEmpty() && salt.isEmpty()
        || words.isPresent()
            && salt.isPresent()
            && commitment(salt.get(), words.get()).equals(commitment);
  }

  private static Bytes commitment(Bytes salt, String words) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(salt.toArray());
    all.writeBytes(words.getBytes(StandardCharsets.UTF_8));
    return Bytes.of(all.toByteArray()).sha256();
  }
}
