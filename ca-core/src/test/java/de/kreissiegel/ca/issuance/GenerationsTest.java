package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.storage.JdbcCrlBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An authority with two keys: the active one issues, the old one goes on telling of its own. */
class GenerationsTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final AuthorityName FIRST = new AuthorityName("people");
  private static final AuthorityName SECOND = new AuthorityName("people-2");
  private static final ProfileName PROFILE = new ProfileName("authentication");
  @TempDir private Path folder;
  private House house;
  private Instant change;

  @BeforeEach
  void secondKeyFromTenDaysOn() throws Exception {
    house =
        new House(DATABASE, null, House.withoutOfficers(folder.resolve("p")), new MovableClock());
    change = house.clock.instant().plus(Duration.ofDays(10)).truncatedTo(ChronoUnit.SECONDS);
    house.rollOver(FIRST, change, folder.resolve("a"));
  }

  @Test
  void theFirstIssuesUntilTheSecondBegins() throws Exception {
    assertThat(issued().authority()).isEqualTo(FIRST);
    assertThat(state(SECOND)).isEqualTo(AuthorityState.PLANNED);
    moveTo(change);
    StoredCertificate after = issued();
    assertThat(after.authority()).isEqualTo(SECOND);
    assertThat(state(FIRST)).isEqualTo(AuthorityState.RETIRING);
    X509Certificate read = read(after.encoded());
    read.verify(read(house.authorities.get(SECOND).certificate()).getPublicKey());
    assertThat(new String(after.encoded().toArray(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("/crl/people-2.crl", "/ca/people-2.cer")
        .doesNotContain("/crl/people.crl");
  }

  @Test
  void bothBearOneName() {
    assertThat(house.authorities.get(SECOND).subjectName())
        .isEqualTo(house.authorities.get(FIRST).subjectName());
  }

  @Test
  void eachRespondersCertificateIsSignedByTheKeyThatItAnswersFor() throws Exception {
    moveTo(change);
    for (AuthorityName name : List.of(FIRST, SECOND)) {
      Authority authority = house.authorities.get(name);
      StoredCertificate responder =
          house.system.issue(
              new ProfileName("ocsp-responder-people"),
              publicKey(authority.ocspKey().orElseThrow()),
              List.of());
      assertThat(responder.authority()).isEqualTo(name);
      read(responder.encoded()).verify(read(authority.certificate()).getPublicKey());
    }
  }

  @Test
  void bothGoOnSigningTheirLists() {
    moveTo(change.plus(Duration.ofDays(1)));
    house.signsLists();
    for (AuthorityName name : List.of(FIRST, SECOND)) {
      assertThat(new JdbcCrlBook(DATABASE.database()).lines())
          .filteredOn(line -> line.authority().equals(name))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line.full().orElseThrow().nextUpdate())
                      .isAfter(house.clock.instant()));
    }
  }

  @Test
  void aCertificateThatWouldBeMuchShorterThanPromisedIsNotMade() throws Exception {
    Instant end = house.authorities.get(SECOND).notAfter();
    moveTo(end.minus(Duration.ofDays(30)));
    CertificateRequest refused = house.approved(house.anna, PROFILE);
    assertThat(refused).isInstanceOf(CertificateRequest.Refused.class);
    assertThat(((CertificateRequest.Refused) refused).reason()).contains("AUTHORITY_ENDING");
  }

  @Test
  void aCertificateThatIsALittleShorterEndsWithItsIssuer() throws Exception {
    Instant end = house.authorities.get(SECOND).notAfter();
    moveTo(end.minus(Duration.ofDays(300)));
    assertThat(issued().notAfter()).isEqualTo(end);
  }

  @Test
  void namesEachFaultWithLineAndRemedy() throws Exception {
    Path plan = folder.resolve("a/hierarchy.yaml");
    String good = Files.readString(plan);
    fails(plan, good.replace("key: people-2\n", "key: people\n"), "the key people is another");
    fails(plan, good.replace("generation: 2", "generation: 3"), "has no generation 2");
    fails(plan, good.replace("line: people", "line: devices"), "bears another name");
    fails(plan, good.replaceAll("(?m)^ *issues-from:.*\n", ""), "issues-from: is missing");
    fails(plan, good.replace("key: root", "kye: root"), "kye: is no setting here");
    fails(plan, good + "rollover: {lead-days: 2}\n", "lead-days are 3 to 730");
    fails(plan, good.replace("name: devices", "name: nobody"), "nobody.cer is missing");
    fails(plan, "rollover: {lead-days: 10}\n", "authorities: is missing");
    Files.writeString(plan, good + "rollover: {lead-days: 14, least-share: 80}\n");
    assertThat(AuthorityFiles.read(folder.resolve("a")).rollover().leadDays()).isEqualTo(14);
  }

  private void fails(Path plan, String text, String message) throws Exception {
    Files.writeString(plan, text);
    assertThatThrownBy(() -> AuthorityFiles.read(folder.resolve("a")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageMatching("(?s).*hierarchy.yaml:[0-9]+.*");
  }

  private void moveTo(Instant time) {
    house.clock.pass(Duration.between(house.clock.instant(), time));
  }

  private AuthorityState state(AuthorityName name) {
    return house.authorities.state(name, house.clock.instant()).orElseThrow();
  }

  private StoredCertificate issued() throws Exception {
    return house.certificateOf(house.approved(house.anna, PROFILE));
  }

  private Bytes publicKey(KeyId id) throws Exception {
    return house.signer.keys().stream()
        .filter(key -> key.id().equals(id))
        .map(VaultKey::publicKey)
        .findFirst()
        .orElseThrow();
  }

  private static X509Certificate read(Bytes encoded) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded.toArray()));
  }
}
