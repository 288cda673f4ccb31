package de.kreissiegel.ca.storage;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.CertificateQuery;
import de.kreissiegel.ca.inventory.CertificateQuery.State;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSearchTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final Set<TenantId> BOTH = Set.of(HASSFURT, EBERN);

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
    var ofEbern = new CertificateQuery("", Optional.of(EBERN), none(), none(), 0, 10);

    assertThat(search(BOTH, ofEbern)).containsExactly(ebern);
    assertThat(search(Set.of(HASSFURT), ofEbern)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "müller",
        "MÜLLER",
        "post@",
        "100%",
        "a_b",
        "back\\slash",
        "0A1B2C",
        "0a:1b:2c",
        "  müller  "
      })
  void findsByAnyPartOfNamesAndSerial(String text) {
    StoredCertificate wanted =
        stored(
            sample()
                .serial("7f0a1b2c")
                .names("CN=Jörg Müller 100% a_b back\\slash", "mail:post@hassfurt.example"));
    stored(sample().names("CN=Anna Maier 100 aXb", "mail:info.hassfurt.example"));

    assertThat(search(BOTH, text(text))).containsExactly(wanted);
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
    var ofProfile =
        new CertificateQuery(
            "", none(), Optional.of(new ProfileName("smime-person")), none(), 0, 10);

    assertThat(search(BOTH, ofProfile)).containsExactly(mail);
  }

  @Test
  void pagesThroughAllTenantsNewestFirstWithoutLossOrRepetition() {
    var all = new java.util.ArrayList<StoredCertificate>();
    for (int day = 0; day < 11; day++) {
      var from = NOW.minus(Duration.ofDays(day));
      all.add(
          stored(
              sample()
                  .tenant(day % 3 == 0 ? EBERN : HASSFURT)
                  .valid(from, from.plus(Duration.ofDays(100)))));
    }

    var paged = new java.util.ArrayList<StoredCertificate>();
    for (int offset = 0; offset < 12; offset += 4) {
      paged.addAll(search(BOTH, new CertificateQuery("", none(), none(), none(), offset, 4)));
    }

    assertThat(paged).isEqualTo(all);
  }

  private static SampleCertificate expired(SampleCertificate certificate) {
    return certificate.valid(NOW.minusSeconds(10), NOW.minusSeconds(1));
  }

  private static CertificateQuery text(String text) {
    return new CertificateQuery(text, none(), none(), none(), 0, 10);
  }

  private static CertificateQuery state(State state) {
    return new CertificateQuery("", none(), none(), Optional.of(state), 0, 10);
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private List<StoredCertificate> search(Set<TenantId> scope, CertificateQuery query) {
    return book.search(scope, query, NOW);
  }

  private StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(DATABASE.database(), book);
  }
}
