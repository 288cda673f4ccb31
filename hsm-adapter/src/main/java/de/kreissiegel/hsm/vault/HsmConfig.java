package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.token.pkcs11.Pkcs11Config;
import de.kreissiegel.hsm.token.pkcs11.TokenChoice;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An HSM that a vault uses, as {@code vault.yaml} names it.
 *
 * @param name what the vault calls it: lower-case letters, digits and hyphens; not {@code software}
 * @param library the vendor's PKCS#11 library, an absolute path
 * @param label the token's label
 * @param pinFile a file whose first line is the PIN; none if it is typed at each activation
 */
public record HsmConfig(String name, Path library, String label, Optional<Path> pinFile) {
  /**
   * As the token takes it.
   *
   * @throws IllegalArgumentException with a sentence, if something isn't so
   */
  Pkcs11Config asPkcs11() {
    return new Pkcs11Config(
        name, library, new TokenChoice.Label(label), pinFile, Pkcs11Config.USUAL_SESSIONS);
  }
}
