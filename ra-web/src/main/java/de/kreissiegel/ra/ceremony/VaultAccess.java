package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** How a ceremony comes to its vault: which token it stands on is the launcher's to say. */
public interface VaultAccess {
  /** Makes one; its ceremony key is active. */
  Vault create(Path directory, char[] operational, char[] ceremony)
      throws VaultUnusable, IOException;

  /** Opens one. */
  Vault open(Path directory, char[] operational) throws VaultUnusable, IOException;

  /** Vaults on the software token. */
  static VaultAccess software(Clock clock, SecureRandom random) {
    return new VaultAccess() {
      @Override
      public Vault create(Path directory, char[] operational, char[] ceremony)
          throws VaultUnusable, IOException {
        return Vault.create(directory, operational, ceremony, clock, random);
      }

      @Override
      public Vault open(Path directory, char[] operational) throws VaultUnusable, IOException {
        return Vault.open(directory, operational, clock, random);
      }
    };
  }
}
