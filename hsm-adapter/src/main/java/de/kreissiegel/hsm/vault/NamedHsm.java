package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.pkcs11.TokenChoice;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An HSM that a vault's sheet names, as anybody who may read the sheet sees it.
 *
 * @param name what the vault calls it
 * @param library the vendor's PKCS#11 library
 * @param label its token's label; none where the sheet tells it by serial number or slot
 * @param holds the one key that it holds; none if its keys share a PIN
 */
public record NamedHsm(String name, Path library, Optional<String> label, Optional<KeyId> holds) {
  static NamedHsm of(VaultToken token) {
    return new NamedHsm(
        token.config().name(),
        token.config().library(),
        token.config().token() instanceof TokenChoice.Label(String label)
            ? Optional.of(label)
            : Optional.empty(),
        token.holds());
  }
}
