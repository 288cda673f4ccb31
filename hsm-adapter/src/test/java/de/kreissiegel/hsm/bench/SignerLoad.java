package de.kreissiegel.hsm.bench;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.token.pkcs11.BareSoftHsm;
import de.kreissiegel.hsm.token.pkcs11.SoftHsm;
import de.kreissiegel.hsm.vault.HsmConfig;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultLayout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Load on a real signer over its socket, journal on: certificates a second, and what a signature
 * costs in processor time on both sides, against the bare provider and {@code openssl speed} in the
 * same run; then the same through SoftHSM2, where it is installed, against SoftHSM2 alone. It takes
 * two minutes; the machine should have nothing else to do.
 */
public final class SignerLoad {
  private static final KeyId KEY = new KeyId("load");
  private static final int[] CLIENTS = {1, 4, 16};
  private static final int[] CLIENTS_OF_HSM = {1, 2, 4, 16};
  private static final int WARMING_CLIENTS = 16;
  private static final Duration MEASURED = Duration.ofSeconds(6);

  private SignerLoad() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("signer-load");
    try {
      System.out.println(OpensslSpeed.line());
      double raw = RawSignatures.microsecondsEach(KeyAlgorithm.ECDSA_P256);
      System.out.printf("bare provider, ECDSA P-256: %.1f us of CPU a signature%n", raw);
      Floor floor = Floor.in(folder);
      System.out.printf(
          "a request alone, without any signer: %.1f us for write and sync, %.1f us for the answer:"
              + " %.2f bare signatures%n",
          floor.sync(), floor.answer(), (floor.sync() + floor.answer()) / raw);
      software(folder.resolve("vault"), raw);
      if (SoftHsm.installed().isPresent()) {
        hsm(folder.resolve("hsm"), raw);
      } else {
        System.out.println("SoftHSM2: not measured, it is not installed");
      }
      System.out.printf(
          "bare provider once more: %.1f us; load of the machine: %.1f%n",
          RawSignatures.microsecondsEach(KeyAlgorithm.ECDSA_P256),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    } finally {
      remove(folder);
    }
  }

  private static void software(Path directory, double raw) throws Exception {
    try (Vault vault = create(directory, VaultLayout.SOFTWARE)) {
      vault.makeKey(KEY, KeyAlgorithm.ECDSA_P256, policy(), Optional.empty());
    }
    report(rows(directory, CLIENTS), raw, raw);
  }

  private static void hsm(Path directory, double raw) throws Exception {
    SoftHsm soft = SoftHsm.start();
    String label = soft.newToken();
    Path pin = Files.writeString(directory.resolveSibling("pin"), SoftHsm.PIN + "\n");
    HsmConfig config = new HsmConfig("hsm", soft.library(), label, Optional.of(pin));
    try (Vault vault = create(directory, new VaultLayout(List.of(config), Optional.empty()))) {
      vault.makeKey(KEY, KeyAlgorithm.ECDSA_P256, policy(), "hsm", SoftHsm.PIN.toCharArray());
    }
    double alone = 0;
    for (BareSoftHsm.Row row : BareSoftHsm.measure(soft.config(label), KEY)) {
      System.out.printf(
          "SoftHSM2 alone, %d threads: %.0f signatures/s, %.1f us of CPU a signature%n",
          row.threads(), row.perSecond(), row.micros());
      alone = Math.max(alone, row.micros());
    }
    report(rows(directory, CLIENTS_OF_HSM), alone, raw);
  }

  private static List<LoadedSigner.Row> rows(Path vault, int... clients) throws Exception {
    try (LoadedSigner signer = LoadedSigner.start(vault, KEY)) {
      signer.warmUp(WARMING_CLIENTS);
      List<LoadedSigner.Row> rows = new ArrayList<>();
      for (int count : clients) {
        signer.warmUp(count);
        rows.add(signer.run(count, MEASURED));
      }
      return rows;
    }
  }

  /**
   * A table.
   *
   * @param bare microseconds that the signature alone takes
   * @param raw microseconds of the unit that the overhead is told in
   */
  private static void report(List<LoadedSigner.Row> rows, double bare, double raw) {
    System.out.println(
        "clients  signatures/s  CPU us in signer  its compilers  in client  overhead: signer  with client");
    for (LoadedSigner.Row row : rows) {
      double signer = (row.signerMicros() - bare) / raw;
      System.out.printf(
          "%7d  %12.0f  %16.1f  %13.1f  %9.1f  %16.2f  %11.2f%n",
          row.clients(),
          row.perSecond(),
          row.signerMicros(),
          row.compilerMicros(),
          row.clientMicros(),
          signer,
          signer + row.clientMicros() / raw);
    }
  }

  private static Vault create(Path directory, VaultLayout layout) throws Exception {
    return Vault.create(
        directory,
        layout,
        TestVault.PASSPHRASE.toCharArray(),
        TestVault.CEREMONY_PASSPHRASE.toCharArray(),
        Clock.systemUTC(),
        new SecureRandom());
  }

  private static KeyPolicy policy() {
    return KeyPolicy.issuing(
        Structures.name(TestVault.ISSUER),
        Duration.ofDays(825),
        Instant.now().plus(Duration.ofDays(3650)));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
