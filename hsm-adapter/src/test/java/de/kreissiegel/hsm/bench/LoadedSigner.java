package de.kreissiegel.hsm.bench;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.process.SignerChild;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A signer in a process of its own, and clients that have certificates signed by it. */
final class LoadedSigner implements AutoCloseable {
  private static final int BATCH = 32;
  private static final Duration ROUND = Duration.ofSeconds(3);
  private static final int FEWEST_ROUNDS = 3;
  private static final int MOST_ROUNDS = 12;

  /** A round that costs more than this part of the one before: the compilers are done. */
  private static final double SETTLED = 0.97;

  /** For the signer's virtual machine, as {@code -XX:StartFlightRecording=filename=…}. */
  private static final List<String> OPTIONS =
      Stream.of(System.getProperty("signer.options", "").split(" "))
          .filter(option -> !option.isEmpty())
          .toList();

  private final SignerChild child;
  private final RemoteSigner signer;
  private final VaultKey key;

  private LoadedSigner(SignerChild child, RemoteSigner signer, VaultKey key) {
    this.child = child;
    this.signer = signer;
    this.key = key;
  }

  static LoadedSigner start(Path vault, KeyId key) throws Exception {
    Path socket = vault.resolveSibling(vault.getFileName() + ".sock");
    SignerChild child = SignerChild.startOptimised(vault, socket, OPTIONS);
    RemoteSigner signer = new RemoteSigner(socket, Duration.ofSeconds(30));
    return new LoadedSigner(child, signer, TestVault.key(signer, key));
  }

  /**
   * A round.
   *
   * @param signerMicros processor time a signature, of the signer's process but for its
   *     just-in-time compilers, which have nothing to do once all is warm
   * @param compilerMicros theirs
   * @param clientMicros the same of the clients' process, without making the requests
   */
  record Row(
      int clients,
      double perSecond,
      double signerMicros,
      double compilerMicros,
      double clientMicros) {}

  /** Has it sign until a signature gets no cheaper. */
  void warmUp(int clients) throws Exception {
    double before = Double.MAX_VALUE;
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      double micros = run(clients, ROUND).signerMicros();
      if (round >= FEWEST_ROUNDS && micros > before * SETTLED) {
        return;
      }
      before = micros;
    }
  }

  Row run(int clients, Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    double signerBefore = CpuTime.of(child.pid());
    double compilersBefore = CompilerTime.of(child.pid());
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
    double compilerMicros = (CompilerTime.of(child.pid()) - compilersBefore) * 1e6 / signed;
    double signerMicros = (CpuTime.of(child.pid()) - signerBefore) * 1e6 / signed - compilerMicros;
    double all = (CpuTime.of(ProcessHandle.current().pid()) - clientBefore) * 1e6;
    return new Row(
        clients, signed / seconds, signerMicros, compilerMicros, (all - buildingMicros) / signed);
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

  @Override
  public void close() throws InterruptedException {
    signer.close();
    child.close();
  }
}
