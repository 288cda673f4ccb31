package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultLayout;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** How a ceremony comes to its vault. */
public interface VaultAccess {
  /**
   * Makes one; its ceremony key is active.
   *
   * @param layout the HSMs beside the software token, and which of the vault's own keys live there
   */
  Vault create(Path directory, VaultLayout layout, char[] operational, char[] ceremony)
      throws VaultUnusable, IOException;

  /** Opens one for a ceremony: with the HSMs that are opened in ceremonies only. */
  Vault open(Path directory, char[] operational) throws VaultUnusable, IOException;

  /** Vaults in this process. */
  static VaultAccess inProcess(Clock clock, SecureRandom random) {
    return new VaultAccess() {
      @Override
      public Vault create(Path directory, VaultLayout layout, char[] operational, char[] ceremony)
          throws VaultUnusable, IOException {
        return Vault.create(directory, layout, operational, ceremony, clock, random);
      }

      @Override
      public Vault open(Path directory, char[] operational) throws VaultUnusable, IOException {
        return Vault.openForCeremony(directory, operational, clock, random);
      }
    };
  }
}
