package de.kreissiegel.hsm.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.token.pkcs11.Heard;
import de.kreissiegel.hsm.token.pkcs11.SoftHsm;
import de.kreissiegel.hsm.vault.HsmConfig;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks for an HSM's PIN wherever a real signer leaves traces that has logged in and signed. */
@Tag("peer")
class HygienePeerTest {
  @TempDir Path temporary;

  @AfterAll
  static void tell() throws Exception {
    Heard.tell();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABRT", "SEGV"})
  void leavesNoTraceOfThePinWhenItCrashes(String signal) throws Exception {
    SoftHsm hsm = SoftHsm.start();
    Path vault = temporary.resolve("vault");
    make(vault, hsm);
    Map<String, String> environment = Map.of("SOFTHSM2_CONF", hsm.configuration().toString());
    try (WatchedSigner signer = WatchedSigner.start(temporary, vault, environment)) {
      try (RemoteSigner remote = new RemoteSigner(signer.socket(), Duration.ofSeconds(30))) {
        Heard.from(
                "softhsm2",
                remote
                    .sign(
                        Structures.request(
                            TestVault.key(remote, TestVault.AUDIT_KEY),
                            SignedStructure.AUDIT_HEAD,
                            Structures.auditHead(1, Instant.now())))
                    .signature()
                    .length())
            .satisfies(length -> assertThat(length).isPositive());
      }
      signer.leavesNoTraceOf(List.of(SoftHsm.PIN, TestVault.PASSPHRASE), signal);
    }
  }

  /** Also the journal's key lives on the token, so that it is logged in all the time. */
  private void make(Path vault, SoftHsm hsm) throws Exception {
    Path pin = Files.writeString(temporary.resolve("pin"), SoftHsm.PIN + "\n");
    HsmConfig daily = new HsmConfig("daily", hsm.library(), hsm.newToken(), Optional.of(pin));
    try (Vault made =
        Vault.create(
            vault,
            new VaultLayout(List.of(daily), Optional.of("daily")),
            TestVault.PASSPHRASE.toCharArray(),
            TestVault.CEREMONY_PASSPHRASE.toCharArray(),
            Clock.systemUTC(),
            new SecureRandom())) {
      made.makeKey(
          TestVault.AUDIT_KEY,
          KeyAlgorithm.ECDSA_P256,
          KeyPolicy.audit(),
          "daily",
          SoftHsm.PIN.toCharArray());
    }
  }
}
