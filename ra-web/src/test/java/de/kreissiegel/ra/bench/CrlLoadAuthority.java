package de.kreissiegel.ra.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.status.CrlIssuer;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.status.CrlShelf;
import de.kreissiegel.ca.status.CrlWork;
import de.kreissiegel.ca.status.OcspService;
import de.kreissiegel.ca.status.OcspSettings;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.ra.validation.ValidationServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The authority of {@link CrlLoad}: makes the lists that are due when it is told to. */
final class CrlLoadAuthority {
  private CrlLoadAuthority() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    AuthorityCatalog catalog = AuthorityFiles.read(folder.resolve("authorities"));
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(arguments[1]);
    pool.setMaximumPoolSize(6);
    Clock clock = Clock.systemUTC();
    try (var source = new HikariDataSource(pool);
        var signer = new RemoteSigner(folder.resolve("signer.sock"), Duration.ofSeconds(60))) {
      Books books = Books.open(source, "bench", clock, new SecureRandom());
      CrlShelf shelf = new CrlShelf(catalog, books.crls(), folder.resolve("shelf"), clock);
      var issuer =
          new CrlIssuer(
              catalog,
              new StatusAddresses(URI.create("http://pki.example:8080")),
              signer,
              new CrlIssuer.Records(
                  books.transactions(), books.crls(), books.audit(), folder.resolve("spool")));
      var ocsp =
          new OcspService(
              new OcspService.Surroundings(
                  catalog,
                  books.certificates(),
                  books.answers(),
                  books.transactions(),
                  _ -> Optional.empty(),
                  signer,
                  OcspSettings.usual(),
                  _ -> {},
                  clock,
                  new SecureRandom()));
      try (var server =
          new ValidationServer(
              ocsp.responder(),
              shelf,
              catalog,
              new InetSocketAddress(
                  InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2])),
              clock)) {
        server.start();
        System.out.println("serving");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while ("make".equals(in.readLine())) {
          make(issuer, shelf, clock);
          System.out.println("made");
        }
      }
    }
  }

  private static double cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  private static void make(CrlIssuer issuer, CrlShelf shelf, Clock clock) throws Exception {
    System.gc();
    var memory = ManagementFactory.getMemoryMXBean();
    long used = memory.getHeapMemoryUsage().getUsed();
    double cpu = cpu();
    long began = System.nanoTime();
    List<CrlName> made = issuer.refresh(clock.instant());
    double signed = (System.nanoTime() - began) / 1e9;
    while (!made.stream().allMatch(name -> shelf.current(name).isPresent())) {
      shelf.refresh(); // or a reader is just having them copied
      TimeUnit.MILLISECONDS.sleep(20);
    }
    double served = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "%d lists, %.2f s until all were published, %.2f s until all were served;"
            + " %.2f s of CPU in this process; heap %.1f MiB before, of 64 MiB%n",
        made.size(), signed, served, cpu() - cpu, used / 1048576.0);
    for (CrlWork one : issuer.work()) {
      var list = shelf.current(one.name()).orElseThrow();
      System.out.printf(
          "  %s: %,d entries, %.1f MB, %.2f s%n",
          one.name().label(), list.entries(), list.length() / 1e6, one.last().toMillis() / 1e3);
    }
  }
}
