package de.kreissiegel.ra.validation;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * OCSP without a nonce under load: a validation node with a million certificates and no signer,
 * against a bare Netty server that gives the same octets, and nginx. They take turns; figures are
 * medians. Needs {@code wrk} and {@code nginx}.
 *
 * <p>Arguments: how many certificates (1000000), how many rounds (5), seconds of each (6).
 */
public final class OcspLoad {
  private static final int CONNECTIONS = 32;
  private static final List<String> HEAP =
      List.of("-Xmx640m", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  private OcspLoad() {}

  public static void main(String[] arguments) throws Exception {
    int certificates = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 6;
    Path folder = Files.createTempDirectory("ocsp-load");
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("database"))
            .setPGStartupWait(Duration.ofSeconds(60))
            .start()) {
      Path serials = folder.resolve("serials");
      TestVault vault = new TestVault();
      TestHierarchy hierarchy = new TestHierarchy(vault, Instant.now());
      fill(postgres.getPostgresDatabase(), hierarchy, vault, certificates, serials);
      LoadNode.write(folder, hierarchy.people.authority());
      LoadWrk wrk = new LoadWrk(folder, head(hierarchy), new byte[0], 0, serials);
      measure(
          folder,
          postgres.getJdbcUrl("postgres", "postgres"),
          wrk,
          head(hierarchy),
          serials,
          rounds,
          seconds);
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static void fill(
      DataSource source, TestHierarchy hierarchy, TestVault vault, int count, Path serials)
      throws Exception {
    long began = System.nanoTime();
    LoadDatabase.fill(source, hierarchy, count, serials);
    System.out.printf("%d certificates stored in %.0f s%n", count, since(began));
    began = System.nanoTime();
    AuthorityCatalog catalog = LoadDatabase.catalog(hierarchy);
    LoadDatabase.sign(source, catalog, hierarchy, vault);
    System.out.printf("signed ahead for all, by both hashes, in %.0f s%n", since(began));
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  /** A request but for its serial number of 16 octets. */
  private static byte[] head(TestHierarchy hierarchy) throws Exception {
    CertificateID id =
        new CertificateID(
            new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
            new X509CertificateHolder(hierarchy.people.authority().certificate().toArray()),
            java.math.BigInteger.ONE.shiftLeft(126));
    byte[] whole = new OCSPReqBuilder().addRequest(id).build().getEncoded();
    return Arrays.copyOf(whole, whole.length - 16);
  }

  /** One server's rounds. */
  private record Rounds(String name, LoadProcess server, List<Double> rates, List<Double> micros) {}

  private static void measure(
      Path folder, String url, LoadWrk wrk, byte[] head, Path serials, int rounds, int seconds)
      throws Exception {
    try (LoadProcess first = LoadProcess.java(LoadNode.class, HEAP, folder.toString(), url)) {
      System.out.printf("a node that starts for the first time: PSS %d MiB%n", first.pss());
    }
    try (LoadProcess node = LoadProcess.java(LoadNode.class, HEAP, folder.toString(), url)) {
      byte[] answer = ask(node.port(), head, serials);
      Path octets = Files.write(folder.resolve("answer"), answer);
      try (LoadProcess bare = LoadProcess.java(LoadBareServer.class, HEAP, octets.toString());
          LoadProcess nginx = LoadProcess.nginx(folder, answer.length, freePort())) {
        List<Rounds> all =
            List.of(
                new Rounds("validation node", node, new ArrayList<>(), new ArrayList<>()),
                new Rounds("bare Netty", bare, new ArrayList<>(), new ArrayList<>()),
                new Rounds("nginx", nginx, new ArrayList<>(), new ArrayList<>()));
        for (int round = -1; round < rounds; round++) {
          for (Rounds one : all) {
            round(wrk, one, round < 0 ? 3 * seconds : seconds, round >= 0);
          }
        }
        report(all, answer.length, node);
        half(wrk, node, median(all.getFirst().rates()), seconds);
      }
    }
  }

  private static void round(LoadWrk wrk, Rounds of, int seconds, boolean counts) throws Exception {
    double before = of.server().cpu();
    LoadWrk.Seen seen = wrk.run(of.server().port(), CONNECTIONS, seconds, 0);
    double micros = (of.server().cpu() - before) * 1e6 / seen.requests();
    if (counts && !seen.errors().isEmpty()) {
      throw new IllegalStateException(of.name() + ": " + seen.errors());
    }
    if (counts) {
      of.rates().add(seen.perSecond());
      of.micros().add(micros);
    }
  }

  private static void report(List<Rounds> all, int octets, LoadProcess node) throws Exception {
    double bare = median(all.get(1).micros());
    double nginx = median(all.get(2).rates());
    System.out.printf("answers of %d octets%n", octets);
    System.out.println("server            requests/s  of nginx  CPU us/request  of bare Netty");
    for (Rounds one : all) {
      System.out.printf(
          "%-16s  %10.0f  %8.2f  %14.1f  %13.2f%n",
          one.name(),
          median(one.rates()),
          median(one.rates()) / nginx,
          median(one.micros()),
          median(one.micros()) / bare);
    }
    System.out.printf(
        "validation node under load: PSS %d MiB; load of the machine %.1f%n",
        node.pss(), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Latency at half of the load that saturates: connections that pause between requests. */
  private static void half(LoadWrk wrk, LoadProcess node, double most, int seconds)
      throws Exception {
    int connections = 256;
    int pause = (int) Math.max(1, Math.round(connections * 1000 / (most / 2)));
    LoadWrk.Seen seen = wrk.run(node.port(), connections, 2 * seconds, pause);
    System.out.printf(
        "at %.0f requests/s (%.2f of the most): 99th percentile %.1f ms%n",
        seen.perSecond(), seen.perSecond() / most, seen.p99());
  }

  private static byte[] ask(int port, byte[] head, Path serials) throws Exception {
    byte[] request = Arrays.copyOf(head, head.length + 16);
    try (var in = Files.newInputStream(serials)) {
      System.arraycopy(in.readNBytes(16), 0, request, head.length, 16);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ocsp"))
                  .header("Content-Type", "application/ocsp-request")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                  .build(),
              BodyHandlers.ofByteArray())
          .body();
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
