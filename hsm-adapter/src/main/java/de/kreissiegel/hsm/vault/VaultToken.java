package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.pkcs11.Pkcs11Config;
import java.util.Optional;

/**
 * An HSM's token of a vault.
 *
 * @param holds the one key whose secret is the token's PIN: such a token is opened in ceremonies
 *     only; none if its keys share a PIN
 */
record VaultToken(Pkcs11Config config, Optional<KeyId> holds) {
  /** Whether both are found in the same way: a token told by its serial number may be one, too. */
  boolean isSameAs(VaultToken other) {
    return config.library().equals(other.config.library())
        && config.token().equals(other.config.token());
  }

  /**
   * Of itself, for who makes one.
   *
   * @throws IllegalArgumentException if the PIN that shares open would lie in a file
   */
  VaultToken require() {
    if (holds.isPresent() && config.pinFile().isPresent()) {
      throw new IllegalArgumentException(
          "the token %s holds %s alone, so its PIN lies in no file"
              .formatted(config.name(), holds.get()));
    }
    if (holds.filter(InnerKeys.JOURNAL::equals).isPresent()) {
      throw new IllegalArgumentException(
          "the journal's key is needed every day; the token "
              + config.name()
              + " can't be its own");
    }
    return this;
  }
}
