package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation without a root of its own: a superior that isn't ours certifies all of it. */
class HouseWithoutRootTest {
  private static final AuthorityName PEOPLE = new AuthorityName("people");
  private static final AuthorityName DEVICES = new AuthorityName("devices");
  private static final Duration YEARS = Duration.ofDays(4 * 365);

  @TempDir private static Path begun;
  @TempDir private static Path installed;
  private static ExternalSuperior superior;
  private static Rehearsal first;
  private static Path firstRecord;

  @TempDir private Path folder;
  private Rehearsal rehearsal;
  private Place place;

  @BeforeAll
  static void beginAndInstall() throws Exception {
    superior = new ExternalSuperior(Instant.now(), YEARS);
    first = new Rehearsal(begun, Clock.systemUTC()).withoutRoot();
    firstRecord = first.init();
    var next = new Rehearsal(installed, Clock.systemUTC());
    Rehearsal.copy(first.data, next.data);
    for (AuthorityName line : List.of(PEOPLE, DEVICES)) {
      request(next, line);
    }
    for (AuthorityName line : List.of(PEOPLE, DEVICES)) {
      install(next, line);
    }
  }

  private static void request(Rehearsal rehearsal, AuthorityName line) throws Exception {
    ready(rehearsal);
    rehearsal
        .ceremonies(Locale.GERMAN)
        .requestFromSuperior(line, Optional.empty(), LocalDate.now().plusDays(30));
  }

  private static Path install(Rehearsal rehearsal, AuthorityName line) throws Exception {
    ready(rehearsal);
    Path request =
        new Place(rehearsal.data).superiors().resolve(line.value()).resolve(line + ".csr");
    X509CertificateHolder own = superior.certify(request, YEARS.minusDays(1));
    return rehearsal
        .ceremonies(Locale.GERMAN)
        .installFromSuperior(
            line,
            superior.chain(rehearsal.folder.resolve(line + "-chain.pem"), own),
            Optional.empty());
  }

  private static void ready(Rehearsal rehearsal) {
    rehearsal.confirmed(8).given("ceremony").answer("handed", "Frau Süß, Landesamt");
  }

  private void goOn(Path template) throws Exception {
    rehearsal = new Rehearsal(folder, Clock.systemUTC());
    Rehearsal.copy(template.resolve("data"), rehearsal.data);
    place = new Place(rehearsal.data);
    ready(rehearsal);
  }

  @Test
  void theFirstCeremonyMakesAVaultWithoutAuthoritiesAndTwoSecrets() throws Exception {
    place = new Place(begun.resolve("data"));
    assertThat(catalog().all()).isEmpty();
    assertThat(first.said.toString())
        .contains("Keine eigene Wurzel", "1 Schlüssel werden erzeugt")
        .doesNotContain("stellt ihr Zertifikat");
    try (Stream<Path> shares = Files.list(first.data.resolve("shares"))) {
      assertThat(shares.map(share -> share.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".txt"))
          .containsExactlyInAnyOrder(
              "1-operational.txt",
              "2-operational.txt",
              "3-operational.txt",
              "1-ceremony.txt",
              "2-ceremony.txt",
              "3-ceremony.txt");
    }
    assertThat(place.trust().resolve("ceremony.pem")).exists();
    assertThat(place.trust().resolve("root.pem")).doesNotExist();
    var check = new RecordCheck(firstRecord, place.trust().resolve("ceremony.pem")).signatures();
    assertThat(check.wrong()).isEmpty();
  }

  @Test
  void beforeTheSuperiorHasAnsweredThereIsNoSheetAndNothingToConsentTo() throws Exception {
    goOn(begun);
    assertThatThrownBy(() -> led().sheet(Optional.empty(), folder.resolve("sheet.pdf")))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("noch keine Wurzel");
    var settings = new SettingsOfInstallation(place.authorities(), place.trust());
    assertThatThrownBy(() -> settings.sheet(ProfileCatalog.bundled()))
        .hasMessageContaining("no authority yet");
  }

  @Test
  void theSuperiorsAnswersMakeTheHierarchy() throws Exception {
    goOn(installed);
    AuthorityCatalog catalog = catalog();
    assertThat(catalog.all()).extracting(Authority::name).containsExactly(PEOPLE, DEVICES);
    assertThat(catalog.all()).noneMatch(Authority::isRoot);
    assertThat(catalog.get(PEOPLE).chain().getLast())
        .isEqualTo(Bytes.of(superior.root.getEncoded()));
    assertThat(Files.readString(place.trust().resolve("root.pem")).split("BEGIN CERT"))
        .as("one anchor above both")
        .hasSize(2);
  }

  @Test
  void peopleConsentToSettingsOfThisHouseAndOfNoOther() throws Exception {
    goOn(installed);
    var settings = new SettingsOfInstallation(place.authorities(), place.trust());
    var sheet = settings.sheet(ProfileCatalog.bundled());
    assertThat(sheet.text())
        .contains(
            "authority " + catalog().get(PEOPLE).certificate().sha256().toHex(),
            "file people-superior-2.cer")
        .doesNotContain("root ");
  }

  @Test
  void theSheetShowsTheSuperiorsRoot() throws Exception {
    goOn(installed);
    Path sheet = folder.resolve("sheet.pdf");
    led().sheet(Optional.empty(), sheet);
    assertThat(textOf(sheet))
        .contains("unter dem die Zertifikate von Landkreis Haßberge stehen")
        .contains(
            Digest.grouped(Digest.sha256(superior.root.getEncoded())).split(" ")[0],
            "PROBE Freistaat Root");
    led().sheet(Optional.of(new AuthorityName("devices-superior-2")), sheet);
    assertThatThrownBy(() -> led().sheet(Optional.of(new AuthorityName("root")), sheet))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("people-superior-2");
  }

  @Test
  void whatNeedsARootSaysThatThereIsNone() throws Exception {
    goOn(installed);
    assertThatThrownBy(() -> led().renewCrl(List.of(), 0))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("keine Wurzel");
    assertThatThrownBy(
            () -> led().rollOver(new AuthorityName("root"), Optional.empty(), Optional.empty()))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("root");
  }

  @Test
  void theNextKeyAndOtherPoliciesComeAsEverywhere() throws Exception {
    goOn(installed);
    request(rehearsal, PEOPLE);
    install(rehearsal, new AuthorityName("people-2"));
    assertThat(catalog().issuing(PEOPLE, Instant.now()).orElseThrow().name())
        .isEqualTo(new AuthorityName("people-2"));
    ready(rehearsal);
    Path changed = folder.resolve("changed.yaml");
    Files.writeString(
        changed,
        Files.readString(place.plan()).replace("[koenigsberg.example]", "[koenigsberg.test]"));
    led().renewPolicies(changed);
    assertThat(Files.readString(place.vault().resolve("keys/people-2.yaml")))
        .contains("koenigsberg.test");
  }

  @Test
  void aBackupMakesItAgainFromTwoSecrets() throws Exception {
    goOn(installed);
    rehearsal.answer("medium", "USB-Stift 1, Tresor im Landratsamt");
    Path backup = folder.resolve("backup");
    led().backUp(backup);
    Path fresh = Files.createDirectories(folder.resolve("fresh"));
    var restored = new Rehearsal(fresh, Clock.systemUTC());
    for (String key : List.of("operational", "ceremony")) {
      restored.answer("share-" + key, Rehearsal.shares(rehearsal.data + "/shares", key, 3, 1));
    }
    restored.confirmed(8).ceremonies(Locale.GERMAN).restore(backup, Optional.empty());
    assertThat(AuthorityFiles.read(new Place(restored.data).authorities()).all()).hasSize(2);
    assertThat(restored.said.toString()).doesNotContain("Wurzel");
  }

  @Test
  void aPlanThatNamesNoRootMeansItForEachAuthority() throws Exception {
    var half = new Rehearsal(folder, Clock.systemUTC()).withoutRoot();
    Files.writeString(
        half.plan(), Files.readString(half.plan()).replaceFirst(" superior: external,", ""));
    assertThatThrownBy(half::init)
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("the plan has no root to stand under");
  }

  private static String textOf(Path sheet) throws Exception {
    try (PDDocument document = Loader.loadPDF(sheet.toFile())) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  private Ceremonies led() throws Exception {
    return rehearsal.ceremonies(Locale.GERMAN);
  }

  private AuthorityCatalog catalog() throws Exception {
    return AuthorityFiles.read(place.authorities());
  }
}
