package de.kreissiegel.ra.bench;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.officer.OfficerFile;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The pages under load: registration officers, each logged in by a certificate of their own, search
 * and open pages over TLS, with pauses in which they read, among a million certificates. The house
 * is the tests' with a PostgreSQL that syncs each commit and sessions in it; it shares the
 * processors with the officers. Each search writes into the trail whose data was seen.
 *
 * <p>Arguments: how many certificates, how many officers, seconds that one reads on average,
 * seconds that are measured. The classes of {@code ca-core}'s tests have to be there.
 */
public final class PageLoad {
  private static final Duration WARMING = Duration.ofSeconds(90);

  private PageLoad() {}

  public static void main(String[] arguments) throws Exception {
    int certificates = Integer.parseInt(arguments[0]);
    int officers = Integer.parseInt(arguments[1]);
    Duration reading = Duration.ofMillis((long) (1000 * Double.parseDouble(arguments[2])));
    Duration measured = Duration.ofSeconds(Long.parseLong(arguments[3]));
    Path folder = Files.createTempDirectory("page-load");
    try (PageLoadHouse house = PageLoadHouse.start(folder)) {
      long began = System.nanoTime();
      house.fill(certificates);
      System.out.printf(
          "%,d certificates in %.0f s%n", certificates, (System.nanoTime() - began) / 1e9);
      List<PageLoadOfficer> people = logIn(house, officers);
      System.out.printf("%d officers logged in%n", people.size());
      run(people, reading, WARMING);
      double before = house.databaseSeconds();
      List<PageLoadOfficer.Visit> visits = run(people, reading, measured);
      report(visits, measured);
      System.out.printf(
          "PostgreSQL used %.1f ms of CPU a page; load of the machine %.1f%n",
          (house.databaseSeconds() - before) * 1e3 / visits.size(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
  }

  private static List<PageLoadOfficer> logIn(PageLoadHouse house, int count) throws Exception {
    Staff staff = house.bean(Staff.class);
    Certificate root = root(house.bean(AuthorityCatalog.class));
    List<PageLoadOfficer> people = new ArrayList<>();
    HttpClient pages = HttpClient.newBuilder().sslContext(tls(root, null)).build();
    for (int i = 0; i < count; i++) {
      var person = staff.hire("officer-" + i, i % 2 == 0 ? Staff.HASSFURT : Staff.EBERN);
      OfficerFile file = certified(house, person);
      try (HttpClient door = HttpClient.newBuilder().sslContext(tls(root, file)).build()) {
        var answer =
            door.send(
                HttpRequest.newBuilder(URI.create(house.door() + "/login/certificate")).build(),
                HttpResponse.BodyHandlers.discarding());
        String cookies =
            answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
        people.add(new PageLoadOfficer(pages, house.pages(), cookies, i));
      }
    }
    return people;
  }

  /** Gives somebody a certificate for the log-in, as their tenant's officer approves it. */
  private static OfficerFile certified(PageLoadHouse house, Actor.Person person) throws Exception {
    RegistrationDesk desk = house.bean(RegistrationDesk.class);
    TenantId tenant = person.tenants().iterator().next();
    KeyPair pair = Certificates.newKey();
    var request =
        desk.submit(
            person,
            new CertificateApplication(
                person.id(),
                tenant,
                new ProfileName("authentication"),
                Certificates.certificationRequest(pair),
                ""));
    Actor.Person officer =
        house.bean(Staff.class).person(tenant.equals(Staff.HASSFURT) ? "officer" : "officer-ebern");
    var issued =
        (CertificateRequest.Issued) house.bean(Officers.class).approve(desk, officer, request.id());
    return new OfficerFile(
        pair.getPrivate(), List.of(house.bean(LogIns.class).certificateOf(person, issued)));
  }

  private static Certificate root(AuthorityCatalog authorities) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(
            new ByteArrayInputStream(
                authorities.get(new AuthorityName("root")).certificate().toArray()));
  }

  private static SSLContext tls(Certificate root, @Nullable OfficerFile own) throws Exception {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("root", root);
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(anchors);
    var keys = KeyManagerFactory.getInstance("SunX509");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    if (own != null) {
      store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(Certificate[]::new));
    }
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static List<PageLoadOfficer.Visit> run(
      List<PageLoadOfficer> people, Duration reading, Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    List<Callable<List<PageLoadOfficer.Visit>>> work = new ArrayList<>();
    people.forEach(person -> work.add(() -> person.workUntil(end, reading)));
    List<PageLoadOfficer.Visit> visits = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<PageLoadOfficer.Visit>> done : threads.invokeAll(work)) {
        visits.addAll(done.get());
      }
    }
    return visits;
  }

  private static void report(List<PageLoadOfficer.Visit> visits, Duration length) {
    System.out.printf(
        "%.1f pages a second%n%-22s  pages  failed  p50 ms  p95 ms  p99 ms  most%n",
        visits.size() * 1e9 / length.toNanos(), "");
    Map<String, List<PageLoadOfficer.Visit>> kinds =
        visits.stream().collect(Collectors.groupingBy(PageLoadOfficer.Visit::kind));
    kinds.keySet().stream().sorted().forEach(kind -> line(kind, kinds.get(kind)));
    line("all", visits);
  }

  private static void line(String kind, List<PageLoadOfficer.Visit> visits) {
    double[] sorted = visits.stream().mapToDouble(PageLoadOfficer.Visit::millis).toArray();
    Arrays.sort(sorted);
    System.out.printf(
        "%-22s  %5d  %6d  %6.0f  %6.0f  %6.0f  %4.0f%n",
        kind,
        sorted.length,
        visits.stream().filter(visit -> !visit.good()).count(),
        at(sorted, 0.5),
        at(sorted, 0.95),
        at(sorted, 0.99),
        sorted[sorted.length - 1]);
  }

  private static double at(double[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
  }
}
