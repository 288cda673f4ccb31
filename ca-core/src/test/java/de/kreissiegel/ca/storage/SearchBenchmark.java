package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateQuery.Filter;
import de.kreissiegel.ca.inventory.CertificateQuery.State;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How long each kind of search takes, one after the other, in a database that {@link
 * MillionCertificates} has filled; as an officer of the whole district, of one small tenant, and of
 * three.
 *
 * <pre>
 * SearchBenchmark jdbc:postgresql://127.0.0.1:5432/postgres?user=postgres
 * </pre>
 */
public final class SearchBenchmark {
  private static final int WARM_UP = 10;
  private static final int TIMES = 100;
  private static final int PAGE = 26;

  private final Database database;
  private final JdbcCertificateBook book;
  private final Random random = new Random(7);
  private final Instant now = Instant.now();
  private final List<StoredCertificate> some;

  private SearchBenchmark(Database database) {
    this.database = database;
    this.book = new JdbcCertificateBook(database);
    this.some =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select * from certificate tablesample system (0.05) limit 500")
                        .map(CertificateRow.MAPPER)
                        .list());
  }

  /** Takes the JDBC address of a database, or how many certificates to make in one of its own. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].matches("\\d+")) {
      try (EmbeddedPostgres own =
          EmbeddedPostgres.builder()
              .setServerConfig("shared_buffers", "512MB")
              .setServerConfig("max_wal_size", "4GB")
              .setPGStartupWait(Duration.ofSeconds(60))
              .start()) {
        String address = own.getJdbcUrl("postgres", "postgres");
        MillionCertificates.main(new String[] {address, arguments[0]});
        run(address);
      }
    } else {
      run(arguments[0]);
    }
  }

  private static void run(String address) {
    var source = new PGSimpleDataSource();
    source.setUrl(address);
    try (var pool = new com.zaxxer.hikari.HikariDataSource()) {
      pool.setDataSource(source);
      new SearchBenchmark(Database.open(pool)).run();
    }
  }

  private void run() {
    long count =
        database
            .jdbi()
            .withHandle(h -> h.select("select count(*) from certificate").mapTo(Long.class).one());
    Set<TenantId> all = tenants(100);
    Set<TenantId> small = Set.copyOf(tenants(100).stream().skip(all.size() - 1).toList());
    Set<TenantId> three = Set.copyOf(tenants(100).stream().skip(all.size() - 4).limit(3).toList());
    System.out.printf("%d certificates; milliseconds of %d searches each%n", count, TIMES);
    System.out.printf("%-34s %21s %21s %21s%n", "", "district", "small tenant", "three tenants");
    kinds()
        .forEach(
            (name, query) ->
                System.out.printf(
                    "%-34s %s %s %s%n",
                    name, measured(all, query), measured(small, query), measured(three, query)));
  }

  /** Those with most certificates first. */
  private Set<TenantId> tenants(int most) {
    return new java.util.LinkedHashSet<>(
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select tenant from certificate group by tenant order by count(*) desc"
                                + " limit "
                                + most)
                        .mapTo(String.class)
                        .map(TenantId::new)
                        .list()));
  }

  private Map<String, Supplier<CertificateQuery>> kinds() {
    var kinds = new LinkedHashMap<String, Supplier<CertificateQuery>>();
    Filter any = Filter.ANY;
    kinds.put("all, newest", () -> query("", any));
    kinds.put("serial number", () -> query(one().serial().toHex(), any));
    kinds.put(
        "serial number, first 8 digits", () -> query(one().serial().toHex().substring(0, 8), any));
    kinds.put("serial number, decimal", () -> query(one().serial().value().toString(), any));
    kinds.put("fingerprint SHA-256", () -> query(hex(digests().sha256()), any));
    kinds.put("fingerprint SHA-1", () -> query(hex(digests().sha1()), any));
    kinds.put("key identifier", () -> query(hex(digests().keyIdentifier().orElseThrow()), any));
    kinds.put("unknown fingerprint", () -> query("ab".repeat(32), any));
    kinds.put("whole name", () -> query(commonName(), any));
    kinds.put("surname", () -> query(commonName().split(" ")[0], any));
    kinds.put("mail address", () -> query(address(), any));
    kinds.put("half a mail address", () -> query(address().substring(0, 8), any));
    kinds.put("frequent given name", () -> query("jörg", any));
    kinds.put("word in all", () -> query("example", any));
    kinds.put("one letter", () -> query("m", any));
    kinds.put("two frequent words", () -> query("anna gemeinde", any));
    kinds.put("other tenant's word", () -> query("a0", any));
    kinds.put("nobody's name", () -> query("niemand", any));
    kinds.put("names that never meet", () -> query("anna jörg", any));
    kinds.put("no such host of all", () -> query("pc9999999 example", any));
    kinds.put("tenant", () -> query("", any.tenant(one().tenant().orElseThrow())));
    kinds.put("holder", () -> query("", any.holder(one().subject().orElseThrow())));
    kinds.put("unknown holder", () -> query("", any.holder(new SubjectId("nobody"))));
    kinds.put("frequent profile", () -> query("", any.profile(new ProfileName("vpn-person"))));
    kinds.put("rare profile", () -> query("", any.profile(new ProfileName("officer"))));
    kinds.put("no such profile", () -> query("", any.profile(new ProfileName("unused"))));
    kinds.put("authority", () -> query("", any.authority(new AuthorityName("devices"))));
    for (State state : State.values()) {
      kinds.put("state " + state, () -> query("", any.state(state)));
    }
    kinds.put("name and state REVOKED", () -> query("anna", any.state(State.REVOKED)));
    kinds.put(
        "rare profile, state ON_HOLD",
        () -> query("", any.profile(new ProfileName("officer")).state(State.ON_HOLD)));
    kinds.put("ends in 30 days", () -> query("", ends(any, 0, 30)));
    kinds.put("ends in 30 days, name", () -> query("anna", ends(any, 0, 30)));
    kinds.put("ends in 30 days, REVOKED", () -> query("", ends(any, 0, 30).state(State.REVOKED)));
    kinds.put("ended in one day", () -> query("", ends(any, -300, 1)));
    kinds.put("ends never", () -> query("", ends(any, 4000, 30)));
    kinds.put("deep in the list", () -> query("", any).after(one()));
    kinds.put("deep in the list of a name", () -> query("anna", any).after(one()));
    return kinds;
  }

  private Filter ends(Filter filter, int inDays, int within) {
    Instant from = now.plus(Duration.ofDays(inDays));
    return filter.ends(Optional.of(from), Optional.of(from.plus(Duration.ofDays(within))));
  }

  private String measured(Set<TenantId> scope, Supplier<CertificateQuery> query) {
    double[] times = new double[TIMES];
    for (int i = -WARM_UP; i < TIMES; i++) {
      CertificateQuery next = query.get();
      long before = System.nanoTime();
      book.search(scope, next, now);
      if (i >= 0) {
        times[i] = (System.nanoTime() - before) / 1e6;
      }
    }
    Arrays.sort(times);
    return "p50 %6.1f p95 %6.1f".formatted(times[TIMES / 2], times[TIMES * 95 / 100]);
  }

  private static CertificateQuery query(String text, Filter filter) {
    return new CertificateQuery(text, filter, Optional.empty(), 0, PAGE);
  }

  private StoredCertificate one() {
    return some.get(random.nextInt(some.size()));
  }

  private Digests digests() {
    return Digests.of(one().encoded());
  }

  private String commonName() {
    String name = one().subjectName();
    return name.substring(3, name.indexOf(','));
  }

  private String address() {
    String names = one().alternativeNames();
    return names.substring(names.indexOf(':') + 1);
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }
}
