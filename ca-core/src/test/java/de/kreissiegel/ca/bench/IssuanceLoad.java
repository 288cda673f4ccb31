package de.kreissiegel.ca.bench;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a certificate costs, from a ready CSR of a machine to the stored certificate: proof of
 * possession, profile, draft, lint, the vault's policy and journal, audit, and a PostgreSQL that
 * syncs each commit. In processor time of all three processes, against one P-256 signature of
 * {@code openssl speed} in the same run.
 */
public final class IssuanceLoad {
  private static final Actor.Component DOOR = new Actor.Component("bench");
  private static final int[] CLIENTS =
      Arrays.stream(System.getProperty("load.clients", "1,8,64").split(","))
          .mapToInt(Integer::parseInt)
          .toArray();
  private static final int MEASURED = Integer.getInteger("load.certificates", 10_000);
  private static final int STORED = Integer.getInteger("load.stored", 0);
  private static final int WARMING_CLIENTS = Integer.getInteger("load.warming.clients", 8);

  /** So many are issued before anything counts: the compilers take that long. */
  private static final int WARMING = Integer.getInteger("load.warming", 40_000);

  private static final int WARMING_ROUND = 2_000;

  private final LoadedHouse loaded;
  private final Applicants applicants;

  private IssuanceLoad(LoadedHouse loaded) {
    this.loaded = loaded;
    this.applicants = new Applicants(loaded.house());
  }

  public static void main(String[] arguments) throws Exception {
    KeyAlgorithm algorithm =
        KeyAlgorithm.valueOf(System.getProperty("load.algorithm", "ECDSA_P256"));
    double unit = OpensslSpeed.microsecondsOfP256();
    System.out.printf(Locale.ROOT, "openssl speed, ECDSA P-256: %.1f us a signature%n", unit);
    try (LoadedHouse loaded = LoadedHouse.open(algorithm)) {
      System.out.printf("authority's key: %s%n", algorithm);
      if (STORED > 0) {
        System.out.printf("stored before: %,d certificates%n", STORED);
        StoredBefore.load(loaded.database(), STORED);
      }
      var load = new IssuanceLoad(loaded);
      load.warmUp();
      System.out.println(Row.HEAD);
      for (int clients : CLIENTS) {
        System.out.println(load.run(clients, MEASURED).line(unit));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "openssl speed once more: %.1f us; load of the machine: %.1f%n",
        OpensslSpeed.microsecondsOfP256(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Issues, and says how a certificate gets cheaper. */
  private void warmUp() throws Exception {
    for (int done = 0; done < WARMING; done += WARMING_ROUND) {
      Row row = run(WARMING_CLIENTS, WARMING_ROUND);
      System.out.printf("warming up: %s%n", row.line(1));
    }
  }

  /**
   * What a round cost; microseconds of processor time a certificate, without the compilers.
   *
   * @param web of this process
   * @param commits transactions a certificate
   * @param median milliseconds
   * @param slow the 99th percentile, milliseconds
   */
  private record Row(
      int clients,
      double web,
      double signer,
      double database,
      double commits,
      double perSecond,
      double median,
      double slow) {
    static final String HEAD =
        "clients  web us  signer us  database us  sum us  signatures  commits  certificates/s"
            + "  p50 ms  p99 ms";

    double sum() {
      return web + signer + database;
    }

    String line(double unit) {
      return String.format(
          Locale.ROOT,
          "%7d  %6.0f  %9.0f  %11.0f  %6.0f  %10.1f  %7.2f  %14.0f  %6.2f  %6.2f",
          clients,
          web,
          signer,
          database,
          sum(),
          sum() / unit,
          commits,
          perSecond,
          median,
          slow);
    }
  }

  private Row run(int clients, int count) throws Exception {
    Queue<CertificateApplication> waiting = applicants.applications(count);
    System.gc();
    long self = ProcessHandle.current().pid();
    double web = ProcessorTime.withoutCompilers(self);
    double signer = ProcessorTime.withoutCompilers(loaded.signerPid());
    double database = ProcessorTime.withChildren(loaded.databasePid());
    long commits = loaded.house().commitsMade.sum();
    long began = System.nanoTime();
    long[] taken = issue(clients, waiting);
    double seconds = (System.nanoTime() - began) / 1e9;
    double each = 1e6 / count;
    return new Row(
        clients,
        (ProcessorTime.withoutCompilers(self) - web) * each,
        (ProcessorTime.withoutCompilers(loaded.signerPid()) - signer) * each,
        (ProcessorTime.withChildren(loaded.databasePid()) - database) * each,
        (loaded.house().commitsMade.sum() - commits) / (double) count,
        count / seconds,
        taken[taken.length / 2] / 1e6,
        taken[(int) (taken.length * 0.99)] / 1e6);
  }

  /** Has them all issued; how long each took, in nanoseconds, sorted. */
  private long[] issue(int clients, Queue<CertificateApplication> waiting) throws Exception {
    List<Callable<List<Long>>> work = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      work.add(() -> client(loaded.house().desk, waiting));
    }
    List<Long> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (Future<List<Long>> done : threads.invokeAll(work)) {
        all.addAll(done.get());
      }
    }
    long[] sorted = all.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private static List<Long> client(RegistrationDesk desk, Queue<CertificateApplication> waiting)
      throws Exception {
    List<Long> taken = new ArrayList<>();
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      long began = System.nanoTime();
      CertificateRequest reached = desk.submit(DOOR, next);
      if (!(reached instanceof CertificateRequest.Issued)) {
        throw new IllegalStateException("not issued: " + reached);
      }
      taken.add(System.nanoTime() - began);
    }
    return taken;
  }
}
