package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateQuery.Filter;
import de.kreissiegel.ca.inventory.CertificateQuery.State;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.Place;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSearchTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final Set<TenantId> BOTH = Set.of(HASSFURT, EBERN);

  /** A whole certificate, for what is read out of it. */
  private static final Bytes MADE = MadeCertificates.oneEncoded();

  private static final String WORDS_OF_TENANTS = "/db/migration/V43__words_of_tenants.sql";

  private final JdbcCertificateBook book = new JdbcCertificateBook(DATABASE.database());

  @BeforeEach
  void empty() {
    DATABASE.clear();
  }

  @Test
  void findsOnlyWhatIsInTheScope() {
    StoredCertificate own = stored(sample());
    StoredCertificate foreign = stored(sample().tenant(EBERN));
    stored(sample().ofSystem("tls-server"));

    assertThat(search(Set.of(HASSFURT), text(""))).containsExactly(own);
    assertThat(search(Set.of(), text(""))).isEmpty();
    assertThat(search(BOTH, text(""))).containsExactlyInAnyOrder(own, foreign);
  }

  @Test
  void narrowsToATenantButNeverWidens() {
    stored(sample());
    StoredCertificate ebern = stored(sample().tenant(EBERN));
    var ofEbern = filtered(Filter.ANY.tenant(EBERN));

    assertThat(search(BOTH, ofEbern)).containsExactly(ebern);
    assertThat(search(Set.of(HASSFURT), ofEbern)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "müller",
        "MÜLLER",
        "mueller",
        "mu\u0308ller",
        "jörg müll",
        "müller jörg",
        "Poststelle",
        "post@",
        "poststelle@hassfurt.example",
        "Haßfurt",
        "100%",
        "vpn-1.ebern",
        "élodie",
        "elodie",
        "  müller  "
      })
  void findsByTheBeginningsOfWordsInNames(String text) {
    StoredCertificate wanted =
        stored(
            sample()
                .names(
                    "CN=Jörg Müller 100% Élodie,O=Stadt Haßfurt",
                    "mail:poststelle@hassfurt.example dns:vpn-1.ebern.example"));
    stored(sample().names("CN=Anna Maier 10 Jörgensen,O=Stadt Ebern", "mail:info@ebern.example"));

    assertThat(search(BOTH, text(text))).containsExactly(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CN", "cn=", "mail", "o", "j", "örg", "ller"})
  void findsNoKindsOfNamesAndNoEndsOfWords(String text) {
    stored(sample().names("CN=Jörg Müller,O=Haßfurt", "mail:jm@hassfurt.example"));

    assertThat(search(BOTH, text(text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7f0a1b2c",
        "7F:0A:1B:2C",
        "7f 0a 1b 2c",
        "0x7f0a1b2c",
        "007f0a1b2c",
        "7f:0a",
        "2131368748"
      })
  void findsBySerialNumberInAllItsForms(String text) {
    StoredCertificate wanted = stored(sample().serial("7f0a1b2c"));
    stored(sample().serial("7f0b1b2c"));
    stored(sample().serial("a7f0a1b2c"));

    assertThat(search(BOTH, text(text))).containsExactly(wanted);
  }

  @Test
  void findsByFingerprintAndByKey() {
    StoredCertificate wanted = stored(sample().encoded(MADE));
    stored(sample());
    Digests digests = Digests.of(MADE);

    for (byte[] known :
        List.of(
            digests.sha256(),
            digests.sha1(),
            digests.keyIdentifier().orElseThrow(),
            SampleCertificate.keyHash(wanted).toArray())) {
      String hex = HexFormat.of().formatHex(known);
      assertThat(search(BOTH, text(hex))).containsExactly(wanted);
      assertThat(search(BOTH, text(HexFormat.ofDelimiter(":").withUpperCase().formatHex(known))))
          .containsExactly(wanted);
      assertThat(search(Set.of(EBERN), text(hex))).isEmpty();
    }
  }

  @Test
  void findsWhatWasStoredBeforeThereWasASearch() throws Exception {
    StoredCertificate old = stored(sample().encoded(MADE));
    DATABASE.execute(
        "update certificate set terms = null, fingerprint = null, fingerprint_sha1 = null,"
            + " key_identifier = null");
    Digests digests = Digests.of(MADE);
    String keyIdentifier = HexFormat.of().formatHex(digests.keyIdentifier().orElseThrow());
    assertThat(search(BOTH, text("erika"))).isEmpty();
    assertThat(search(BOTH, text(keyIdentifier))).isEmpty();

    OneMigration.run(new V13_1__Search_columns(), DATABASE.source());

    assertThat(search(BOTH, text("erika"))).containsExactly(old);
    assertThat(search(BOTH, text(keyIdentifier))).containsExactly(old);
    assertThat(search(BOTH, text(HexFormat.of().formatHex(digests.sha1())))).containsExactly(old);
  }

  /** A tenant's mark is no beginning of a word, for those either who look in many tenants. */
  @Test
  void findsNobodyByWhatATenantsWordsStandBehind() {
    stored(sample().names("CN=Erika Muster", ""));
    var many =
        Stream.of(HASSFURT.value(), EBERN.value(), "a.example", "b.example")
            .map(TenantId::new)
            .collect(Collectors.toSet());
    byte[] digest = Digests.digest("SHA-256", HASSFURT.value().getBytes(StandardCharsets.UTF_8));
    String mark = HexFormat.of().formatHex(digest, 0, 2);

    assertThat(search(many, text("muster"))).hasSize(1);
    for (int length = 2; length <= mark.length(); length++) {
      assertThat(search(many, text(mark.substring(0, length)))).isEmpty();
      assertThat(search(Set.of(HASSFURT), text(mark.substring(0, length)))).isEmpty();
    }
  }

  @Test
  void findsForOneTenantWhatWasStoredBeforeWordsWereATenants() throws Exception {
    StoredCertificate old = stored(sample().names("CN=Erika Muster", ""));
    DATABASE.execute(
        "update certificate set terms = array_to_tsvector(array(select term from"
            + " unnest(tsvector_to_array(terms)) term where term not like ':%'))");
    assertThat(search(Set.of(HASSFURT), text("muster"))).isEmpty();

    try (var migration = Database.class.getResourceAsStream(WORDS_OF_TENANTS)) {
      DATABASE.execute(new String(migration.readAllBytes(), StandardCharsets.UTF_8));
    }

    assertThat(search(Set.of(HASSFURT), text("muster"))).containsExactly(old);
    assertThat(search(Set.of(EBERN), text("muster"))).isEmpty();
    assertThat(
            DATABASE.texts("select indexdef from pg_indexes where indexname = 'certificate_terms'"))
        .singleElement()
        .asString()
        .contains("gin_pending_list_limit='256'");
  }

  @Test
  void knowsTheKindOfKeyOfWhatWasStoredBeforeItWasKept() throws Exception {
    stored(sample().encoded(MADE));
    DATABASE.execute("update certificate set key_kind = '?'");

    OneMigration.run(new V44__Key_kinds(), DATABASE.source());

    assertThat(DATABASE.number("select count(*) from certificate where key_kind = 'EC P-256'"))
        .isOne();
  }

  @Test
  void takesWhatLooksLikeANumberForANameIfNoNumberIsLikeIt() {
    StoredCertificate fade = stored(sample().names("CN=Fadedbad", ""));

    assertThat(search(BOTH, text("fadedbad"))).containsExactly(fade);
  }

  @Test
  void narrowsToAHolderAndAnAuthority() {
    StoredCertificate wanted = stored(sample().subject("otto").authority("devices"));
    stored(sample().subject("otto"));
    stored(sample().authority("devices"));
    Filter both = Filter.ANY.holder(new SubjectId("otto")).authority(new AuthorityName("devices"));

    assertThat(search(BOTH, filtered(both))).containsExactly(wanted);
    assertThat(search(Set.of(EBERN), filtered(both))).isEmpty();
  }

  @Test
  void showsWhatEndsInATimeTheSoonestFirst() {
    StoredCertificate later = stored(ending(20));
    StoredCertificate soon = stored(ending(10));
    stored(ending(31));
    stored(ending(-1));
    stored(ending(15).tenant(EBERN));
    Filter month = Filter.ANY.ends(Optional.of(NOW), Optional.of(NOW.plus(Duration.ofDays(31))));

    assertThat(search(Set.of(HASSFURT), filtered(month))).containsExactly(soon, later);
    assertThat(search(Set.of(HASSFURT), filtered(month).after(soon))).containsExactly(later);
  }

  @Test
  void showsOfWhatHasExpiredTheLastFirst() {
    StoredCertificate longAgo = stored(ending(-20));
    StoredCertificate justNow = stored(ending(-1));
    stored(ending(1));
    CertificateQuery expired = state(State.EXPIRED);

    assertThat(search(BOTH, expired)).containsExactly(justNow, longAgo);
    assertThat(search(BOTH, expired.after(justNow))).containsExactly(longAgo);
    assertThat(search(BOTH, expired.after(longAgo))).isEmpty();
  }

  @Test
  void goesOnAfterACertificateEvenWhereManyBeginAtOnce() {
    for (int i = 0; i < 7; i++) {
      stored(i % 2 == 0 ? sample() : sample().tenant(EBERN).authority("devices"));
    }
    stored(sample().valid(NOW.minusSeconds(5), NOW.plusSeconds(5)));
    List<StoredCertificate> all = search(BOTH, CertificateQuery.of("", 100));

    CertificateQuery query = CertificateQuery.of("", 3);
    var paged = new ArrayList<StoredCertificate>();
    for (List<StoredCertificate> page = search(BOTH, query);
        !page.isEmpty();
        page = search(BOTH, query.after(page.getLast()))) {
      paged.addAll(page);
    }

    assertThat(paged).hasSize(8).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "\\", "' or 1=1 --", "nobody"})
  void takesWildcardsAndQuotesLiterally(String text) {
    stored(sample().names("CN=Anna Maier", "mail:anna@hassfurt.example"));

    assertThat(search(BOTH, text(text))).isEmpty();
  }

  @Test
  void survivesTextThatTheDatabaseCannotHold() {
    StoredCertificate anna = stored(sample().names("CN=Anna", ""));

    assertThat(search(BOTH, text("an\0na"))).containsExactly(anna);
    assertThat(search(BOTH, text("\0"))).hasSize(1);
    assertThat(search(BOTH, filtered(Filter.ANY.holder(new SubjectId("eri\0ka"))))).isEmpty();
  }

  @Test
  void survivesTimesThatTheDatabaseCannotHold() {
    StoredCertificate anna = stored(sample());
    Filter ever = Filter.ANY.ends(Optional.of(Instant.MIN), Optional.of(Instant.MAX));
    Filter never = Filter.ANY.ends(Optional.of(Instant.MAX), Optional.empty());

    assertThat(search(BOTH, filtered(ever))).containsExactly(anna);
    assertThat(search(BOTH, filtered(never))).isEmpty();
    for (Instant at : List.of(Instant.MIN, Instant.MAX)) {
      var place = new Place(at, anna.authority(), anna.serial());
      search(BOTH, new CertificateQuery("", Filter.ANY, Optional.of(place), 0, 10));
    }
  }

  @Test
  void narrowsToSubjectsWithAllOtherConditions() {
    StoredCertificate ofErika = stored(sample());
    StoredCertificate ofOtto = stored(sample().subject("otto").names("CN=Otto Maier", ""));
    stored(sample().subject("ute"));
    Set<SubjectId> two = Set.of(new SubjectId("erika"), new SubjectId("otto"));

    assertThat(book.search(BOTH, two, text(""), NOW)).containsExactlyInAnyOrder(ofErika, ofOtto);
    assertThat(book.search(BOTH, two, text("otto"), NOW)).containsExactly(ofOtto);
    assertThat(book.search(BOTH, two, text(ofErika.serial().toHex()), NOW))
        .containsExactly(ofErika);
    assertThat(book.search(Set.of(EBERN), two, text(""), NOW)).isEmpty();
    assertThat(book.search(BOTH, Set.of(), text(""), NOW)).isEmpty();
  }

  @Test
  void tellsTheFourStatesApart() {
    var hold = new CertificateStatus.OnHold(NOW);
    var revoked = new CertificateStatus.Revoked(NOW, RevocationReason.SUPERSEDED);
    StoredCertificate valid = stored(sample());
    StoredCertificate held = stored(sample().status(hold));
    StoredCertificate gone = stored(sample().status(revoked));
    StoredCertificate expired = stored(expired(sample()));
    StoredCertificate heldAndExpired = stored(expired(sample().status(hold)));
    StoredCertificate revokedAndExpired = stored(expired(sample().status(revoked)));

    assertThat(search(BOTH, state(State.VALID))).containsExactly(valid);
    assertThat(search(BOTH, state(State.ON_HOLD))).containsExactly(held);
    assertThat(search(BOTH, state(State.REVOKED)))
        .containsExactlyInAnyOrder(gone, revokedAndExpired);
    assertThat(search(BOTH, state(State.EXPIRED)))
        .containsExactlyInAnyOrder(expired, heldAndExpired);
  }

  @Test
  void narrowsToAProfile() {
    stored(sample());
    StoredCertificate mail = stored(sample().profile("smime-person"));
    var ofProfile = filtered(Filter.ANY.profile(new ProfileName("smime-person")));

    assertThat(search(BOTH, ofProfile)).containsExactly(mail);
  }

  @Test
  void pagesThroughAllTenantsNewestFirstWithoutLossOrRepetition() {
    var all = new ArrayList<StoredCertificate>();
    for (int day = 0; day < 11; day++) {
      var from = NOW.minus(Duration.ofDays(day));
      all.add(
          stored(
              sample()
                  .tenant(day % 3 == 0 ? EBERN : HASSFURT)
                  .valid(from, from.plus(Duration.ofDays(100)))));
    }

    var paged = new ArrayList<StoredCertificate>();
    for (int offset = 0; offset < 12; offset += 4) {
      paged.addAll(search(BOTH, new CertificateQuery("", Filter.ANY, Optional.empty(), offset, 4)));
    }

    assertThat(paged).isEqualTo(all);
  }

  private static SampleCertificate expired(SampleCertificate certificate) {
    return certificate.valid(NOW.minusSeconds(10), NOW.minusSeconds(1));
  }

  private static CertificateQuery text(String text) {
    return CertificateQuery.of(text, 10);
  }

  private static CertificateQuery state(State state) {
    return filtered(Filter.ANY.state(state));
  }

  private static CertificateQuery filtered(Filter filter) {
    return new CertificateQuery("", filter, Optional.empty(), 0, 10);
  }

  private static SampleCertificate ending(int days) {
    return sample().valid(NOW.minus(Duration.ofDays(50)), NOW.plus(Duration.ofDays(days)));
  }

  private List<StoredCertificate> search(Set<TenantId> scope, CertificateQuery query) {
    return book.search(scope, query, NOW);
  }

  private StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(DATABASE.database(), book);
  }
}
