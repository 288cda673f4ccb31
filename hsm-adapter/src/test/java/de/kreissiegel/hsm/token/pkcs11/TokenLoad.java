package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Signatures a second and CPU a signature through SoftHSM2: its library alone (C_SignInit, C_Sign
 * on a session of each thread, over a digest) against the whole of {@link Pkcs11Token}, in turns
 * within one run; medians. Run it with the tests' class path; it takes a minute.
 */
public final class TokenLoad {
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 2_000_000_000L;
  private static final KeyId KEY = new KeyId("benchmark");
  private static final byte[] MESSAGE = new byte[600];

  private TokenLoad() {}

  /** A thread's own way to sign once. */
  interface Way {
    Callable<?> forAThread() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    SoftHsm hsm = SoftHsm.start();
    Pkcs11Config config = hsm.config(hsm.newToken());
    try (Pkcs11Token token = Pkcs11Token.open(config, Clock.systemUTC(), new SecureRandom())) {
      token.make(KEY, KeyAlgorithm.ECDSA_P256, SoftHsm.PIN.toCharArray(), false);
      Way bare = () -> bare(config, KEY);
      Way whole = () -> () -> token.sign(KEY, MESSAGE);
      for (int warming = 0; warming < 3; warming++) {
        measure(bare, 1);
        measure(whole, 1);
      }
      System.out.println("threads  way    signatures/s   CPU us/signature");
      for (int threads : new int[] {1, 2}) {
        List<double[]> ofBare = new ArrayList<>();
        List<double[]> ofWhole = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          ofBare.add(measure(bare, threads));
          ofWhole.add(measure(whole, threads));
        }
        print(threads, "bare", ofBare);
        print(threads, "token", ofWhole);
      }
    }
  }

  static Callable<?> bare(Pkcs11Config config, KeyId id) throws Exception {
    Pkcs11Module module = Pkcs11Module.at(config.library());
    long slot = module.slots().stream().filter(config.token()::fits).findFirst().orElseThrow().id();
    Session session = module.open(slot, false, 0);
    long key =
        session
            .find(
                new Template()
                    .with(Ck.CKA_CLASS, Ck.CKO_PRIVATE_KEY)
                    .with(Ck.CKA_ID, id.value().getBytes(StandardCharsets.US_ASCII)))
            .getFirst();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
    Mechanism ecdsa = Mechanism.of(Ck.CKM_ECDSA);
    return () -> session.sign(ecdsa, key, digest);
  }

  /** Signatures a second, and microseconds of the signing threads' CPU a signature. */
  static double[] measure(Way way, int threads) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<long[]>> work = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<?> one = way.forAThread();
        work.add(() -> round(one));
      }
      long wall = System.nanoTime();
      long signatures = 0;
      long cpu = 0;
      for (Future<long[]> done : pool.invokeAll(work)) {
        signatures += done.get()[0];
        cpu += done.get()[1];
      }
      wall = System.nanoTime() - wall;
      return new double[] {signatures * 1e9 / wall, cpu / 1e3 / signatures};
    }
  }

  private static long[] round(Callable<?> one) throws Exception {
    long before = threadNanos();
    long signatures = 0;
    long end = System.nanoTime() + ROUND_NANOS;
    while (System.nanoTime() < end) {
      one.call();
      signatures++;
    }
    return new long[] {signatures, threadNanos() - before};
  }

  /** What this thread spent on a CPU; the compiler's threads are not of interest. */
  private static long threadNanos() throws Exception {
    return Long.parseLong(Files.readString(Path.of("/proc/thread-self/schedstat")).split(" ")[0]);
  }

  private static void print(int threads, String way, List<double[]> rounds) {
    System.out.printf(
        "%7d  %-5s  %12.0f  %17.1f%n", threads, way, median(rounds, 0), median(rounds, 1));
  }

  private static double median(List<double[]> rounds, int column) {
    double[] values = rounds.stream().mapToDouble(round -> round[column]).sorted().toArray();
    return values[values.length / 2];
  }

  static {
    Arrays.fill(MESSAGE, (byte) 'm');
  }
}
