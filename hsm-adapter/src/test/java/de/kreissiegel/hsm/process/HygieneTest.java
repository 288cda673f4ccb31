package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.signing.TestVault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks for the passphrase wherever a real signer leaves traces. */
class HygieneTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"ABRT", "SEGV"})
  void leavesNoTraceOfThePassphraseWhenItCrashes(String signal) throws Exception {
    Path vault = temporary.resolve("vault");
    TestVault.copy(vault).close();
    try (WatchedSigner signer = WatchedSigner.start(temporary, vault, Map.of())) {
      signer.leavesNoTraceOf(List.of(TestVault.PASSPHRASE), signal);
    }
  }
}
