package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.vault.HsmConfig;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** How a ceremony comes to its vault. */
public interface VaultAccess {
  /**
   * Makes one; its ceremony key is active.
   *
   * @param tokens HSMs where keys may live beside the software token
   */
  Vault create(Path directory, List<HsmConfig> tokens, char[] operational, char[] ceremony)
      throws VaultUnusable, IOException;

  /** Opens one. */
  Vault open(Path directory, char[] operational) throws VaultUnusable, IOException;

  /** Vaults in this process. */
  static VaultAccess inProcess(Clock clock, SecureRandom random) {
    return new VaultAccess() {
      @Override
      public Vault create(
          Path directory, List<HsmConfig> tokens, char[] operational, char[] ceremony)
          throws VaultUnusable, IOException {
        return Vault.create(directory, tokens, operational, ceremony, clock, random);
      }

      @Override
      public Vault open(Path directory, char[] operational) throws VaultUnusable, IOException {
        return Vault.open(directory, operational, clock, random);
      }
    };
  }
}
