package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SignerContract;
import de.kreissiegel.hsm.signing.TestVault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract in the vault's own process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VaultContractTest extends SignerContract {
  private Vault vault;

  @BeforeAll
  void make(@TempDir Path directory) throws Exception {
    vault = TestVault.copy(directory.resolve("vault"));
  }

  @AfterAll
  void close() {
    vault.close();
  }

  @Override
  protected Signer signer() {
    return vault;
  }
}
