package de.kreissiegel.ca.storage;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateQuery.Filter;
import de.kreissiegel.ca.inventory.CertificateQuery.State;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.NameWords;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever way a search takes through the indexes, it finds what reading all certificates would:
 * more of them than one look at the list's next ones covers, with frequent, rare and missing words.
 */
class SearchAgainstReadingTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final int COUNT = 12_000;
  private static final TenantId LARGE = new TenantId("gemeinde-a0.example");

  private static List<StoredCertificate> all;
  private static List<Set<String>> words;

  private final JdbcCertificateBook book = new JdbcCertificateBook(DATABASE.database());

  @BeforeAll
  static void fill() throws Exception {
    all =
        DATABASE
            .database()
            .jdbi()
            .withHandle(
                handle -> {
                  MillionCertificates.load(handle.getConnection(), COUNT, NOW, 3, List.of());
                  return handle
                      .createQuery("select * from certificate")
                      .map(CertificateRow.MAPPER)
                      .list();
                });
    assertThat(all).hasSize(COUNT);
    words = all.stream().map(NameWords::of).toList();
  }

  static Stream<CertificateQuery> queries() {
    var end = Filter.ANY.ends(Optional.of(NOW), Optional.of(NOW.plus(Duration.ofDays(90))));
    var filters =
        List.of(
            Filter.ANY,
            Filter.ANY.tenant(LARGE),
            Filter.ANY.profile(new ProfileName("vpn-person")),
            Filter.ANY.profile(new ProfileName("officer")),
            Filter.ANY.profile(new ProfileName("unused")),
            Filter.ANY.authority(new AuthorityName("devices")).state(State.ON_HOLD),
            Filter.ANY.state(State.VALID),
            Filter.ANY.state(State.REVOKED),
            Filter.ANY.state(State.EXPIRED),
            end);
    var texts =
        List.of(
            "",
            "gemeinde",
            "anna",
            "anna jörg",
            "müller",
            "jörg steiger",
            "pc11",
            "pc117 example",
            "niemand",
            "m");
    return texts.stream()
        .flatMap(
            text ->
                filters.stream()
                    .map(filter -> new CertificateQuery(text, filter, Optional.empty(), 0, 9)));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void findsWhatReadingAllWouldFind(CertificateQuery query) {
    for (Set<TenantId> scope : scopes()) {
      List<StoredCertificate> expected = read(scope, query);

      assertThat(book.search(scope, query, NOW)).isEqualTo(page(expected, 0, query));
      assertThat(book.search(scope, at(query, 9), NOW)).isEqualTo(page(expected, 9, query));
      if (expected.size() > 40) {
        assertThat(book.search(scope, query.after(expected.get(36)), NOW))
            .isEqualTo(page(expected, 37, query));
      }
    }
  }

  private static List<Set<TenantId>> scopes() {
    var tenants =
        all.stream()
            .flatMap(certificate -> certificate.tenant().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    return List.of(tenants, Set.of(tenants.last()), Set.of(LARGE, tenants.last()));
  }

  private static CertificateQuery at(CertificateQuery query, int offset) {
    return new CertificateQuery(
        query.text(), query.filter(), Optional.empty(), offset, query.limit());
  }

  private static List<StoredCertificate> page(
      List<StoredCertificate> list, int from, CertificateQuery query) {
    return list.stream().skip(from).limit(query.limit()).toList();
  }

  private static List<StoredCertificate> read(Set<TenantId> scope, CertificateQuery query) {
    var found = new ArrayList<StoredCertificate>();
    List<String> wanted = NameWords.lookedFor(query.text());
    for (int i = 0; i < all.size(); i++) {
      StoredCertificate certificate = all.get(i);
      if (scope.contains(certificate.tenant().orElseThrow())
          && matches(certificate, query.filter())
          && matches(words.get(i), wanted)) {
        found.add(certificate);
      }
    }
    found.sort(order(query.filter()));
    return found;
  }

  private static boolean matches(Set<String> there, List<String> wanted) {
    return wanted.stream()
        .allMatch(
            one ->
                NameWords.isBeginning(one)
                    ? there.stream().anyMatch(word -> word.startsWith(one))
                    : there.contains(one));
  }

  private static boolean matches(StoredCertificate certificate, Filter filter) {
    Instant end = certificate.notAfter();
    return filter.tenant().map(certificate.tenant().orElseThrow()::equals).orElse(true)
        && filter.profile().map(certificate.profile()::equals).orElse(true)
        && filter.authority().map(certificate.authority()::equals).orElse(true)
        && filter.state().map(state(certificate)::equals).orElse(true)
        && filter.endsFrom().map(from -> !end.isBefore(from)).orElse(true)
        && filter.endsBefore().map(end::isBefore).orElse(true);
  }

  private static State state(StoredCertificate certificate) {
    return switch (certificate.status()) {
      case CertificateStatus.Revoked _ -> State.REVOKED;
      case CertificateStatus.Good() when !certificate.isExpired(NOW) -> State.VALID;
      case CertificateStatus.OnHold _ when !certificate.isExpired(NOW) -> State.ON_HOLD;
      case CertificateStatus.Good(), CertificateStatus.OnHold _ -> State.EXPIRED;
    };
  }

  private static Comparator<StoredCertificate> order(Filter filter) {
    var identity =
        Comparator.comparing((StoredCertificate one) -> one.authority().value())
            .thenComparing(one -> one.serial().toHex());
    if (filter.latestEndFirst()) {
      return Comparator.comparing(StoredCertificate::notAfter).thenComparing(identity).reversed();
    }
    return filter.byEnd()
        ? Comparator.comparing(StoredCertificate::notAfter).thenComparing(identity)
        : Comparator.comparing(StoredCertificate::notBefore).reversed().thenComparing(identity);
  }
}
