package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.token.pkcs11.PinFile;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Config;
import de.kreissiegel.hsm.token.pkcs11.TokenChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An HSM that a vault uses, as {@code vault.yaml} names it.
 *
 * @param name what the vault calls it: lower-case letters, digits and hyphens; not {@code software}
 * @param library the vendor's PKCS#11 library, an absolute path
 * @param label the token's label
 * @param pinFile a file whose first line is the PIN; none if it is typed at each activation
 * @throws IllegalArgumentException with a sentence, if something isn't so
 */
public record HsmConfig(String name, Path library, String label, Optional<Path> pinFile) {
  public HsmConfig {
    token(name, library, label, pinFile);
  }

  /**
   * The PIN that lies in the file; the caller wipes it.
   *
   * @return nothing if it is typed
   * @throws IOException if the file can't be read, or there is none in it
   */
  public Optional<char[]> pin() throws IOException {
    return pinFile.isEmpty() ? Optional.empty() : Optional.of(PinFile.read(pinFile.get()));
  }

  /** As the token takes it. */
  Pkcs11Config asPkcs11() {
    return token(name, library, label, pinFile);
  }

  private static Pkcs11Config token(
      String name, Path library, String label, Optional<Path> pinFile) {
    return new Pkcs11Config(
        name, library, new TokenChoice.Label(label), pinFile, Pkcs11Config.USUAL_SESSIONS);
  }
}
