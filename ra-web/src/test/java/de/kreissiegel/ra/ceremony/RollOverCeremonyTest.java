package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys follow each other, and end. */
class RollOverCeremonyTest {
  private static final AuthorityName ROOT = new AuthorityName("root");
  private static final AuthorityName PEOPLE = new AuthorityName("people");
  private static final AuthorityName PEOPLE_2 = new AuthorityName("people-2");
  private static final AuthorityName ROOT_2 = new AuthorityName("root-2");

  @TempDir private static Path template;
  @TempDir private Path folder;
  private Rehearsal rehearsal;
  private Place place;

  @BeforeAll
  static void init() throws Exception {
    new Rehearsal(template, Clock.systemUTC()).init();
  }

  @BeforeEach
  void copy() throws Exception {
    rehearsal = new Rehearsal(folder, Clock.systemUTC());
    Rehearsal.copy(template.resolve("data"), rehearsal.data);
    place = new Place(rehearsal.data);
    ready();
  }

  private void ready() {
    rehearsal.confirmed(8).given("ceremony", "root", "operational");
  }

  @Test
  void theNextKeyOfAnIssuingAuthorityIssuesAtOnceAndTheOldOneOnlyTells() throws Exception {
    Path record = led().rollOver(PEOPLE, Optional.empty(), Optional.empty());
    verifies(record);
    AuthorityCatalog catalog = catalog();
    assertThat(catalog.issuing(PEOPLE, Instant.now()).orElseThrow().name()).isEqualTo(PEOPLE_2);
    assertThat(catalog.state(PEOPLE, Instant.now())).contains(AuthorityState.RETIRING);
    certificate(PEOPLE_2).verify(certificate(ROOT).getPublicKey());
    assertThat(certificate(PEOPLE_2).getSubjectX500Principal())
        .isEqualTo(certificate(PEOPLE).getSubjectX500Principal());
    assertThat(certificate(PEOPLE_2).getBasicConstraints()).isZero();
    assertThat(policy("people"))
        .contains("ocsp-responder-people", "crls:")
        .doesNotContain("smime", "authentication");
    assertThat(policy("people-2")).contains("authentication", "/crl/people-2.crl");
    assertThat(state("root")).isEqualTo(VaultKey.State.LOCKED);
  }

  @Test
  void aLaterDayLeavesTheOldKeyIssuingUntilThen() throws Exception {
    Instant day = Instant.now().plus(Duration.ofDays(40));
    verifies(led().rollOver(PEOPLE, Optional.of(day), Optional.empty()));
    AuthorityCatalog catalog = catalog();
    assertThat(catalog.issuing(PEOPLE, Instant.now()).orElseThrow().name()).isEqualTo(PEOPLE);
    assertThat(catalog.issuing(PEOPLE, day).orElseThrow().name()).isEqualTo(PEOPLE_2);
    assertThat(policy("people")).contains("authentication");
    ready();
    assertThatThrownBy(() -> led().retire(PEOPLE))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("keinen abgelösten Schlüssel");
    assertThatThrownBy(() -> led().rollOver(PEOPLE, Optional.empty(), Optional.empty()))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("people-2 ist schon da");
  }

  @Test
  void aRootsNextKeyIsLinkedWithTheOldOneBothWays() throws Exception {
    rehearsal.answer("share-root-2", Rehearsal.shares(".ceremony/shares", "root-2", 1, 2, 3));
    Path record = led().rollOver(ROOT, Optional.empty(), Optional.empty());
    verifies(record);
    rehearsal.confirmed(8).given("ceremony", "root-2");
    verifies(led().rollOver(PEOPLE, Optional.empty(), Optional.empty()));

    X509Certificate forward = read(place.authorities().resolve("root-2-by-root.cer"));
    X509Certificate backward = read(place.authorities().resolve("root-by-root-2.cer"));
    assertThat(forward.getNotAfter()).isEqualTo(certificate(ROOT).getNotAfter());
    assertThat(backward.getNotBefore()).isEqualTo(certificate(ROOT).getNotBefore());
    certificate(PEOPLE_2).verify(certificate(ROOT_2).getPublicKey());
    // Who trusts the old key finds the new one's certificates, and the other way round.
    validates(certificate(ROOT), forward, certificate(PEOPLE_2));
    validates(certificate(ROOT_2), backward, certificate(PEOPLE));
    assertThat(catalog().links(ROOT_2)).hasSize(2);
    assertThat(catalog().linksAround(catalog().get(PEOPLE_2))).hasSize(2);
    crl("root-2").verify(certificate(ROOT_2).getPublicKey());
    for (String key : List.of("root", "root-2")) {
      assertThat(state(key)).isEqualTo(VaultKey.State.LOCKED);
    }
    assertThat(policy("root")).contains("crls:").doesNotContain("kinds:");
    assertThat(Files.readString(place.trust().resolve("root.pem")))
        .containsPattern("(?s)BEGIN CERTIFICATE.*BEGIN CERTIFICATE");
  }

  @Test
  void bothRootsGoOnWithTheirLists() throws Exception {
    rehearsal.answer("share-root-2", Rehearsal.shares(".ceremony/shares", "root-2", 1, 2, 3));
    led().rollOver(ROOT, Optional.empty(), Optional.empty());
    ready();
    verifies(led().renewCrl(Optional.of(ROOT), List.of("people"), 4));
    assertThat(crl("root").getRevokedCertificates()).hasSize(1);
    rehearsal.confirmed(8).given("ceremony", "root-2");
    verifies(led().renewCrl(List.of(), 0));
    crl("root-2").verify(certificate(ROOT_2).getPublicKey());
  }

  @Test
  void brokenOffItLeavesNeitherKeyNorCertificate() throws Exception {
    byte[] before = Files.readAllBytes(place.authorities().resolve("hierarchy.yaml"));
    rehearsal.answer("roll-over.certificate.confirm", "abbruch");
    assertThatThrownBy(() -> led().rollOver(PEOPLE, Optional.empty(), Optional.empty()))
        .isInstanceOf(CeremonyAborted.class);
    try (Vault vault = LaterCeremoniesTest.open(place)) {
      assertThat(vault.keys())
          .extracting(key -> key.id().value())
          .doesNotContain("people-2", "ocsp-people-2");
    }
    assertThat(place.authorities().resolve("hierarchy.yaml")).hasBinaryContent(before);
    rehearsal.answers.remove("roll-over.certificate.confirm");
    ready();
    verifies(led().rollOver(PEOPLE, Optional.empty(), Optional.empty()));
  }

  @Test
  void brokenOffAtTheEndItLeavesTheOldKeysPoliciesAsTheyWere() throws Exception {
    String people = policy("people");
    String root = policy("root");
    rehearsal.answer("share-root-2", Rehearsal.shares(".ceremony/shares", "root-2", 1, 2, 3));
    rehearsal.answer("roll-over.close.confirm", "abbruch");
    for (AuthorityName line : List.of(PEOPLE, ROOT)) {
      ready();
      assertThatThrownBy(() -> led().rollOver(line, Optional.empty(), Optional.empty()))
          .isInstanceOf(CeremonyAborted.class);
    }
    assertThat(policy("people")).isEqualTo(people);
    assertThat(policy("root")).isEqualTo(root);
    assertThat(place.vault().resolve("keys").resolve("root-2.yaml")).doesNotExist();
    assertThat(place.workshop().root()).doesNotExist();
    rehearsal.answers.remove("roll-over.close.confirm");
    ready();
    verifies(led().rollOver(PEOPLE, Optional.empty(), Optional.empty()));
  }

  @Test
  void aRootOnAnHsmIsFollowedByOneOnAnotherOnly() throws Exception {
    Path library = Files.writeString(folder.resolve("library.so"), "no library");
    Path sheet = place.vault().resolve("vault.yaml");
    Files.writeString(
        sheet,
        Files.readString(sheet)
            + """
            tokens:
              - {name: safe, library: "%s", label: first, holds: root}
            """
                .formatted(library));
    refused(ROOT, Optional.empty(), "root liegt auf dem HSM safe", "--token NAME --label");
    refused(ROOT, token("safe", "second", Optional.empty()), "Ein HSM namens safe hat der Tresor");
    refused(ROOT, token("other", "first", Optional.empty()), "hat der Tresor schon als HSM safe");
    refused(
        ROOT,
        token("other", "second", Optional.of(folder.resolve("none.so"))),
        "Es gibt keine Bibliothek",
        "none.so");
    refused(ROOT, token("Other", "second", Optional.empty()), "lower-case letters");
    assertThatThrownBy(
            () ->
                rehearsal
                    .ceremonies(Locale.ENGLISH)
                    .rollOver(ROOT, Optional.empty(), Optional.empty()))
        .hasMessageContaining("The key root lives on the HSM safe");
    assertThat(rehearsal.said.toString()).doesNotContain("Bärbel Schüßler");
  }

  @Test
  void anHsmIsForARootAndNeedsALibrary() throws Exception {
    Path none = folder.resolve("none.so");
    refused(PEOPLE, token("safe", "second", Optional.of(none)), "people ist keine Wurzel");
    refused(ROOT, token("safe", "second", Optional.empty()), "HSM safe fehlt die PKCS#11-Bibl");
    assertThat(rehearsal.said.toString()).doesNotContain("Bärbel Schüßler");
  }

  @Test
  void whatIsNoLibraryLeavesTheVaultAsItWas() throws Exception {
    Path library = Files.writeString(folder.resolve("library.so"), "no library");
    String sheet = Files.readString(place.vault().resolve("vault.yaml"));
    rehearsal.answer("pin-safe", "1234").answer("so-pin-safe", "");
    refused(ROOT, token("safe", "second", Optional.of(library)), "library.so");
    assertThat(place.vault().resolve("vault.yaml")).hasContent(sheet);
    assertThat(place.workshop().root()).doesNotExist();
    assertThat(rehearsal.said.toString())
        .contains("HSM safe (Token „second“): root-2")
        .doesNotContain("1234");
  }

  private static Optional<RootToken> token(String name, String label, Optional<Path> library) {
    return Optional.of(new RootToken(name, label, library, Optional.empty(), Optional.empty()));
  }

  private void refused(AuthorityName line, Optional<RootToken> token, String... sentence) {
    assertThatThrownBy(() -> led().rollOver(line, Optional.empty(), Optional.empty(), token))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContainingAll(sentence);
  }

  @Test
  void noAuthorityIsMadeAgainstTheAlgorithmCalendar() throws Exception {
    assertThatThrownBy(
            () ->
                led().rollOver(PEOPLE, Optional.empty(), Optional.of(KeyAlgorithm.RSA_3072_PKCS1)))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("calendar.pkcs1");
    assertThatThrownBy(
            () -> led().rollOver(PEOPLE, Optional.empty(), Optional.of(KeyAlgorithm.ML_DSA_65)))
        .hasMessageContaining("calendar.ml-dsa-alone");
  }

  @Test
  void anAuthorityThatIsTerminatedLeavesItsLastListAndAnAccountOfItsKeys() throws Exception {
    Path published = folder.resolve("people.crl");
    Files.write(published, PublishedList.of(place, "people").toArray());
    rehearsal.answer("backup-place", List.of("USB-Stift 1", ""));
    rehearsal.answer("backup-destroyed", "ja").answer("by", "Dr. Käthe Größl");
    Path record = led().terminate(PEOPLE, Optional.of(published));
    verifies(record);
    X509CRL last = crl("people");
    last.verify(certificate(PEOPLE).getPublicKey());
    assertThat(last.getNextUpdate()).isEqualTo(certificate(PEOPLE).getNotAfter());
    assertThat(catalog().state(PEOPLE, Instant.now())).contains(AuthorityState.ENDED);
    assertThat(catalog().issuing(PEOPLE, Instant.now())).isEmpty();
    assertThat(Files.readString(record.resolve("record.json")))
        .contains("Schlüsselobjekt people", "Schlüsselobjekt ocsp-people", "USB-Stift 1");
    try (Vault vault = LaterCeremoniesTest.open(place)) {
      assertThat(vault.keys())
          .extracting(key -> key.id().value())
          .doesNotContain("people", "ocsp-people");
    }
  }

  @Test
  void nothingIsTerminatedWithAForeignListOrBeforeWhatStandsUnderIt() throws Exception {
    Path foreign = place.authorities().resolve("root.crl");
    assertThatThrownBy(() -> led().terminate(PEOPLE, Optional.of(foreign)))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("nicht von people");
    assertThatThrownBy(() -> led().terminate(PEOPLE, Optional.empty()))
        .isInstanceOf(CeremonyFailed.class);
    assertThatThrownBy(() -> led().terminate(ROOT, Optional.empty()))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("Unter root steht noch");
  }

  private Ceremonies led() throws Exception {
    return rehearsal.ceremonies(Locale.GERMAN);
  }

  private AuthorityCatalog catalog() throws Exception {
    return AuthorityFiles.read(place.authorities());
  }

  private X509Certificate certificate(AuthorityName name) throws Exception {
    return Papers.parse(catalog().get(name).certificate());
  }

  private String policy(String key) throws Exception {
    return Files.readString(place.vault().resolve("keys").resolve(key + ".yaml"));
  }

  private VaultKey.State state(String key) throws Exception {
    try (Vault vault = LaterCeremoniesTest.open(place)) {
      return key(vault, key).state();
    }
  }

  private static VaultKey key(Vault vault, String name) {
    return vault.keys().stream()
        .filter(one -> one.id().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void verifies(Path record) throws Exception {
    RecordCheck check =
        new RecordCheck(record, place.trust().resolve("ceremony.pem"))
            .signatures()
            .inJournal(place.vault().resolve("journal"), place.trust().resolve("journal.pem"));
    assertThat(check.wrong()).isEmpty();
  }

  /** RFC 5280 §6, by the JDK's own validator: below the anchor, the link, then the authority. */
  private static void validates(
      X509Certificate anchor, X509Certificate link, X509Certificate authority) throws Exception {
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(authority, link)),
            parameters);
  }

  private static X509Certificate read(Path file) throws Exception {
    return Papers.parse(Bytes.of(Files.readAllBytes(file)));
  }

  private X509CRL crl(String name) throws Exception {
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(
                new ByteArrayInputStream(
                    Files.readAllBytes(place.authorities().resolve(name + ".crl"))));
  }
}
