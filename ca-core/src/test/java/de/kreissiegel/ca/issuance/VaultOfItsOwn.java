package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.ceremony.AuthorityNames;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.process.SignerProcess;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A real vault and its signer in a process of its own, which tests may kill. */
record VaultOfItsOwn(Path folder) {
  private static final String PASSPHRASE = "a passphrase for tests only";

  Path socket() {
    return folder.resolve("s");
  }

  /**
   * Makes it, with keys that may sign anything of their kind; to be closed before {@link #start}.
   */
  Vault create() throws Exception {
    var random = new SecureRandom();
    Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    Vault vault =
        Vault.create(
            folder.resolve("vault"),
            PASSPHRASE.toCharArray(),
            "ceremony".toCharArray(),
            Clock.systemUTC(),
            random);
    Instant end = Instant.now().plus(Duration.ofDays(6 * 366));
    make(vault, "root", KeyPolicy.root(AuthorityNames.encoded("Landkreis DEMO", "DEMO Root"), end));
    for (String name : List.of("people", "devices")) {
      make(
          vault,
          name,
          KeyPolicy.issuing(
              AuthorityNames.encoded("Landkreis DEMO", "DEMO " + name),
              Duration.ofDays(1096),
              end));
      make(vault, "ocsp-" + name, KeyPolicy.ocspResponder());
    }
    return vault;
  }

  private static void make(Vault vault, String name, KeyPolicy policy) throws Exception {
    vault.makeKey(new KeyId(name), KeyAlgorithm.ECDSA_P256, policy, Optional.empty());
  }

  /** Starts the signer; returns when it serves. */
  Process start() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SignerProcess.class.getName(),
                "--vault",
                folder.resolve("vault").toString(),
                "--socket",
                socket().toString(),
                "--passphrase-file",
                folder.resolve("passphrase").toString())
            .redirectError(folder.resolve("signer.err").toFile())
            .start();
    String line = process.inputReader().readLine();
    assertThat(line).as(() -> "the signer ended: " + end(process)).isEqualTo("signer ready");
    return process;
  }

  /** How it ended, and what it said; empty if it was killed by others before it could. */
  private String end(Process process) {
    try {
      return process.waitFor() + " " + Files.readString(folder.resolve("signer.err"));
    } catch (InterruptedException | IOException unknown) {
      return String.valueOf(unknown);
    }
  }
}
