package de.kreissiegel.hsm.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultBackupTest {
  @TempDir private Path folder;
  private Path backup;

  @BeforeEach
  void backUp() throws Exception {
    backup = folder.resolve("backup");
    try (Vault _ = TestVault.copy(folder.resolve("vault"))) {
      VaultBackup.make(folder.resolve("vault"), java.util.List.of(), backup);
    }
  }

  @Test
  void makesAWorkingVaultAgain() throws Exception {
    assertThat(VaultBackup.check(backup).length()).isPositive();
    Path fresh = folder.resolve("fresh");
    VaultBackup.restore(backup, Optional.empty(), fresh);
    try (Vault vault = TestVault.open(fresh)) {
      vault.activate(TestVault.ROOT_KEY, TestVault.ROOT_PASSPHRASE.toCharArray());
      assertThat(vault.keys()).hasSizeGreaterThanOrEqualTo(6);
    }
    assertThatThrownBy(() -> VaultBackup.restore(backup, Optional.empty(), fresh))
        .hasMessageContaining("there is a vault");
  }

  @Test
  void continuesANewerJournalIfOneWasSaved() throws Exception {
    Path original = folder.resolve("vault");
    long entries;
    try (Vault vault = TestVault.open(original)) {
      vault.activate(Vault.CEREMONY_KEY, TestVault.CEREMONY_PASSPHRASE.toCharArray());
      vault.destroyKey(TestVault.AUDIT_KEY);
      vault.makeKey(
          TestVault.AUDIT_KEY,
          de.kreissiegel.hsm.signing.KeyAlgorithm.ECDSA_P256,
          de.kreissiegel.hsm.policy.KeyPolicy.audit(),
          Optional.empty());
      entries = vault.journal(0, 100).size();
    }
    Path fresh = folder.resolve("fresh");
    VaultBackup.restore(backup, Optional.of(original.resolve("journal")), fresh);
    try (Vault vault = TestVault.open(fresh)) {
      assertThat(vault.journal(0, 100)).hasSize((int) entries);
    }
  }

  @Test
  void refusesABackupThatIsNotWhole() throws Exception {
    Path root = backup.resolve("vault").resolve("keys").resolve("root.own.p8");
    byte[] octets = Files.readAllBytes(root);
    Files.write(root, new byte[] {0}, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> VaultBackup.check(backup))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("root.own.p8 in the backup is missing or changed");
    Files.delete(root);
    assertThatThrownBy(() -> VaultBackup.check(backup)).hasMessageContaining("root.own.p8");
    Files.write(root, octets);
    Files.writeString(root.resolveSibling("added"), "x");
    assertThatThrownBy(() -> VaultBackup.check(backup)).hasMessageContaining("added");
  }

  @Test
  void doesNotMixABackupWithOtherFiles() {
    assertThatThrownBy(() -> VaultBackup.make(folder.resolve("vault"), java.util.List.of(), backup))
        .hasMessageContaining("is not empty");
  }
}
