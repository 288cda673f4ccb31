package de.kreissiegel.hsm.bench;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.process.SignerChild;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import java.io.IOException;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Load on a real signer over its socket, journal on: certificates a second, and what a signature
 * costs in processor time on both sides, against the bare provider before and after. Bounded: each
 * row takes a few seconds.
 */
public final class SignerLoad {
  private static final KeyId KEY = new KeyId("load");
  private static final int BATCH = 32;
  private static final int[] CLIENTS = {1, 4, 16};
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration MEASURED = Duration.ofSeconds(6);

  private final RemoteSigner signer;
  private final VaultKey key;
  private final long signerPid;

  private SignerLoad(RemoteSigner signer, VaultKey key, long signerPid) {
    this.signer = signer;
    this.key = key;
    this.signerPid = signerPid;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("signer-load");
    try {
      makeVault(folder.resolve("vault"));
      Path socket = folder.resolve("signer.sock");
      double before = RawSignatures.microsecondsEach(KeyAlgorithm.ECDSA_P256);
      try (SignerChild child = SignerChild.startOptimised(folder.resolve("vault"), socket);
          RemoteSigner signer = new RemoteSigner(socket, Duration.ofSeconds(30))) {
        VaultKey key = TestVault.key(signer, KEY);
        SignerLoad load = new SignerLoad(signer, key, child.pid());
        load.run(16, WARM_UP);
        List<Row> rows = new ArrayList<>();
        for (int clients : CLIENTS) {
          load.run(clients, Duration.ofSeconds(1));
          rows.add(load.run(clients, MEASURED));
        }
        double after = RawSignatures.microsecondsEach(KeyAlgorithm.ECDSA_P256);
        report(rows, before, after);
      }
    } finally {
      remove(folder);
    }
  }

  private record Row(int clients, double perSecond, double signerMicros, double clientMicros) {}

  private Row run(int clients, Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    double signerBefore = CpuTime.of(signerPid);
    double clientBefore = CpuTime.of(ProcessHandle.current().pid());
    double buildingMicros = 0;
    long signed = 0;
    List<Callable<long[]>> work = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      work.add(() -> client(end));
    }
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (Future<long[]> done : threads.invokeAll(work)) {
        signed += done.get()[0];
        buildingMicros += done.get()[1] / 1e3;
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double signerMicros = (CpuTime.of(signerPid) - signerBefore) * 1e6 / signed;
    double all = (CpuTime.of(ProcessHandle.current().pid()) - clientBefore) * 1e6;
    return new Row(clients, signed / seconds, signerMicros, (all - buildingMicros) / signed);
  }

  /** Signs until the end; how many, and the processor time that making the requests took. */
  private long[] client(long end) throws Exception {
    long signed = 0;
    long building = 0;
    while (System.nanoTime() < end) {
      long before = CpuTime.ofThisThread();
      List<SignRequest> requests = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        requests.add(
            Structures.request(
                key,
                SignedStructure.CERTIFICATE,
                Structures.certificate(Instant.now(), key).encoded()));
      }
      building += CpuTime.ofThisThread() - before;
      for (SignRequest request : requests) {
        signer.sign(request);
      }
      signed += BATCH;
    }
    return new long[] {signed, building};
  }

  private static void report(List<Row> rows, double before, double after) {
    double raw = (before + after) / 2;
    System.out.printf(
        "bare provider, ECDSA P-256: %.1f us of CPU a signature (%.1f before, %.1f after)%n",
        raw, before, after);
    System.out.println("clients  signatures/s  CPU us in signer  CPU us in client  overhead/raw");
    for (Row row : rows) {
      System.out.printf(
          "%7d  %12.0f  %16.1f  %16.1f  %12.2f%n",
          row.clients(),
          row.perSecond(),
          row.signerMicros(),
          row.clientMicros(),
          (row.signerMicros() - raw) / raw);
    }
  }

  private static void makeVault(Path directory) throws Exception {
    try (Vault vault =
        Vault.create(
            directory,
            TestVault.PASSPHRASE.toCharArray(),
            TestVault.CEREMONY_PASSPHRASE.toCharArray(),
            Clock.systemUTC(),
            new SecureRandom())) {
      vault.makeKey(
          KEY,
          KeyAlgorithm.ECDSA_P256,
          KeyPolicy.issuing(
              Structures.name(TestVault.ISSUER),
              Duration.ofDays(825),
              Instant.now().plus(Duration.ofDays(3650))),
          Optional.empty());
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
