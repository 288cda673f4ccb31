package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** What every token must do, done by SoftHSM2 through its PKCS#11 library. */
@Tag("peer")
final class SoftHsmPeerTest extends TokenContract {
  @AfterEach
  void count() {
    // Each test of the contract is SoftHSM2 doing what was asked; a test that failed says so
    // itself.
    Heard.from("softhsm2", token.health().present()).isEqualTo(true);
  }

  @AfterAll
  static void tell() throws Exception {
    Heard.tell();
  }

  @Override
  protected Token open(Path state) throws Exception {
    SoftHsm hsm = SoftHsm.start();
    Path label = state.resolve("label");
    if (!Files.exists(label)) {
      Files.writeString(label, hsm.newToken());
    }
    return Pkcs11Token.open(
        hsm.config(Files.readString(label)), Clock.systemUTC(), new SecureRandom());
  }

  @Override
  protected Set<KeyAlgorithm> algorithms() {
    return EnumSet.complementOf(
        EnumSet.of(
            KeyAlgorithm.ML_DSA_65,
            KeyAlgorithm.ML_DSA_87,
            KeyAlgorithm.SLH_DSA_SHA2_192S,
            KeyAlgorithm.SLH_DSA_SHA2_256S,
            KeyAlgorithm.ML_DSA_65_ECDSA_P256));
  }

  @Override
  protected List<String> remainsOf(KeyId id) throws Exception {
    SoftHsm hsm = SoftHsm.start();
    return hsm.run(
            "pkcs11-tool",
            "--module",
            hsm.library().toString(),
            "--token-label",
            Files.readString(directory.resolve("label")),
            "--login",
            "--pin",
            SoftHsm.PIN,
            "--list-objects")
        .lines()
        .filter(line -> line.contains("label:") && line.contains(id.value()))
        .toList();
  }

  @Override
  protected char[] secret() {
    return SoftHsm.PIN.toCharArray();
  }

  @Override
  protected boolean letsSealedKeysOut() {
    return false;
  }
}
