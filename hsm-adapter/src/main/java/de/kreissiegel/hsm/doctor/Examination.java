package de.kreissiegel.hsm.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to look at.
 *
 * @param library the HSM's PKCS#11 library, if there is one
 * @param tokenLabel which token; none if the library has but one
 * @param pin of that token; none if the keys behind it are not to be looked at
 * @param vault a vault's directory, if there is one
 */
public record Examination(
    Optional<Path> library,
    Optional<String> tokenLabel,
    Optional<PinSource> pin,
    Optional<Path> vault) {
  /** Where the PIN comes from: a file or a person. */
  public interface PinSource {
    /** The PIN; the doctor wipes it. */
    char[] pin() throws IOException;

    /** The first line of a file. */
    static PinSource file(Path file) {
      return () -> de.kreissiegel.hsm.token.pkcs11.PinFile.read(file);
    }
  }
}
