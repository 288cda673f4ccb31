package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.ceremony.SuperiorLists;
import de.kreissiegel.ca.hierarchy.CalendarEntry;
import de.kreissiegel.ca.hierarchy.CalendarWarning;
import de.kreissiegel.ca.hierarchy.HierarchyCalendar;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority under a superior that isn't ours, beside those under our own root. */
class ExternalAuthorityTest {
  private static final AuthorityName DEVICES = new AuthorityName("devices");
  private static final AuthorityName DEVICES_2 = new AuthorityName("devices-2");
  private static final LocalDate DEADLINE = LocalDate.now().plusDays(30);
  private static final Duration YEARS = Duration.ofDays(4 * 365);

  @TempDir private static Path asked;
  @TempDir private static Path installed;
  private static ExternalSuperior superior;
  private static X509CertificateHolder own;

  @TempDir private Path folder;
  private Rehearsal rehearsal;
  private Place place;

  @BeforeAll
  static void askAndInstall() throws Exception {
    superior = new ExternalSuperior(Instant.now(), YEARS);
    var rehearsal = new Rehearsal(asked, Clock.systemUTC());
    rehearsal.underExternalSuperior("devices").init();
    rehearsal.confirmed(8).given("ceremony").answer("handed", "Frau Süß, Landesamt");
    rehearsal.ceremonies(Locale.GERMAN).requestFromSuperior(DEVICES, Optional.empty(), DEADLINE);
    var next = new Rehearsal(installed, Clock.systemUTC());
    Rehearsal.copy(rehearsal.data, next.data);
    next.confirmed(8).given("ceremony");
    own = superior.certify(request(next, "devices"), YEARS.minusDays(1));
    next.ceremonies(Locale.GERMAN)
        .installFromSuperior(
            DEVICES, superior.chain(installed.resolve("chain.pem"), own), Optional.empty());
  }

  private static Path request(Rehearsal rehearsal, String generation) {
    return new Place(rehearsal.data).superiors().resolve(generation).resolve(generation + ".csr");
  }

  private void goOn(Path template) throws Exception {
    rehearsal = new Rehearsal(folder, Clock.systemUTC());
    Rehearsal.copy(template.resolve("data"), rehearsal.data);
    place = new Place(rehearsal.data);
    ready();
  }

  private void ready() {
    rehearsal.confirmed(8).given("ceremony").answer("handed", "Frau Süß, Landesamt");
  }

  @Test
  void untilTheChainIsThereTheKeySignsNothingButItsRequest() throws Exception {
    goOn(asked);
    assertThat(catalog().find(DEVICES)).isEmpty();
    assertThat(policy("devices"))
        .contains("certification-requests:")
        .doesNotContain("kinds:", "crls:");
  }

  @Test
  void theChainMakesItAnAuthorityOfThisInstallation() throws Exception {
    goOn(installed);
    AuthorityCatalog catalog = catalog();
    assertThat(catalog.issuing(DEVICES, Instant.now()).orElseThrow().name()).isEqualTo(DEVICES);
    assertThat(catalog.get(DEVICES).isRoot()).isFalse();
    assertThat(catalog.get(DEVICES).chain())
        .containsExactly(encoded(superior.policy), encoded(superior.root));
    assertThat(policy("devices"))
        .contains("kinds:", "key-identifier:", "crls:")
        .doesNotContain("certification-requests:");
    assertThat(Files.readString(place.trust().resolve("root.pem")))
        .as("our root and the superior's")
        .containsPattern("(?s)BEGIN CERTIFICATE.*BEGIN CERTIFICATE");
    assertThat(
            new SettingsOfInstallation(place.authorities(), place.trust())
                .sheet(ProfileCatalog.bundled())
                .text())
        .as("people consent to the superiors, too")
        .contains("file devices-superior-1.cer", "file devices-superior-2.cer");
  }

  @Test
  void anotherAnchorIsAnotherSettingThatPeopleHaveToConsentTo() throws Exception {
    goOn(installed);
    var settings = new SettingsOfInstallation(place.authorities(), place.trust());
    String before = settings.sheet(ProfileCatalog.bundled()).digest();
    var other = new ExternalSuperior(Instant.now(), YEARS);
    Files.write(place.authorities().resolve("devices-superior-2.cer"), other.root.getEncoded());
    assertThatThrownBy(this::catalog)
        .as("nor does the chain lead there")
        .isInstanceOf(IOException.class)
        .hasMessageContaining("devices")
        .hasMessageContaining("superiors");
    Files.write(place.authorities().resolve("devices-superior-2.cer"), superior.root.getEncoded());
    assertThat(settings.sheet(ProfileCatalog.bundled()).digest()).isEqualTo(before);
  }

  @Test
  void aSuperiorThatMayHaveNoAuthoritiesUnderItIsRefused() throws Exception {
    goOn(asked);
    var narrow = new ExternalSuperior(Instant.now(), YEARS, 0, 0);
    X509CertificateHolder certified = narrow.certify(request(rehearsal, "devices"), YEARS);
    Path chain = narrow.chain(folder.resolve("chain.pem"), certified);
    assertThatThrownBy(() -> led().installFromSuperior(DEVICES, chain, Optional.empty()))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("pathLenConstraint");
  }

  @Test
  void whatOutlivesItsSuperiorDoesNotComeInAndLeavesEverythingAsItWas() throws Exception {
    goOn(asked);
    byte[] before = Files.readAllBytes(place.authorities().resolve("hierarchy.yaml"));
    Path request = request(rehearsal, "devices");
    Path chain =
        superior.chain(folder.resolve("chain.pem"), superior.certify(request, YEARS.plusDays(10)));
    assertThatThrownBy(() -> led().installFromSuperior(DEVICES, chain, Optional.empty()))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("outlives");
    assertThat(place.authorities().resolve("hierarchy.yaml")).hasBinaryContent(before);
    assertThat(policy("devices")).contains("certification-requests:");
  }

  @Test
  void theNextKeyComesFromTheSuperiorTooAndTheOldOneOnlyTells() throws Exception {
    goOn(installed);
    assertThatThrownBy(() -> led().rollOver(DEVICES, Optional.empty(), Optional.empty()))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("external-request");
    led().requestFromSuperior(DEVICES, Optional.empty(), DEADLINE);
    assertThat(catalog().find(DEVICES_2)).as("only once the chain is there").isEmpty();
    ready();
    install("devices-2");
    AuthorityCatalog catalog = catalog();
    assertThat(catalog.issuing(DEVICES, Instant.now()).orElseThrow().name()).isEqualTo(DEVICES_2);
    assertThat(catalog.state(DEVICES, Instant.now())).contains(AuthorityState.RETIRING);
    assertThat(policy("devices")).contains("ocsp-responder-devices").doesNotContain("tls-server");
    assertThat(policy("devices-2")).contains("/crl/devices-2.crl", "tls-server");
  }

  @Test
  void aRequestThatIsBrokenOffLeavesNoKey() throws Exception {
    goOn(installed);
    rehearsal.answer("external-request.sign.confirm", "abbruch");
    assertThatThrownBy(() -> led().requestFromSuperior(DEVICES, Optional.empty(), DEADLINE))
        .isInstanceOf(CeremonyAborted.class);
    assertThat(place.vault().resolve("keys/devices-2.yaml")).doesNotExist();
  }

  @Test
  void theCalendarCountsTheSuperiorsEnd() throws Exception {
    goOn(installed);
    HierarchyCalendar calendar = calendar(catalog(), Instant.now());
    assertThat(calendar.entries())
        .filteredOn(one -> one.what() == CalendarEntry.What.SUPERIOR_ENDS)
        .hasSize(2);
    Instant superiorsEnd = superior.root.getNotAfter().toInstant();
    assertThat(calendar.entries())
        .filteredOn(one -> one.about().equals("devices"))
        .filteredOn(one -> one.what() == CalendarEntry.What.ENDS)
        .allMatch(one -> !one.time().isAfter(superiorsEnd));
    assertThat(urgent(calendar(catalog(), superiorsEnd.plusSeconds(1))))
        .anyMatch(sentence -> sentence.contains("devices"));
  }

  @Test
  void whatASuperiorRevokesIsSeenOnceItsListIsHere() throws Exception {
    goOn(installed);
    Instant now = Instant.now();
    assertThat(calendar(catalog(), now).warnings())
        .extracting(one -> one.sentence(Locale.ENGLISH))
        .contains("devices: no CRL of its external superior is at hand (superior-crl).");
    Instant today = now.truncatedTo(ChronoUnit.SECONDS);
    take(superior.policyList(today.minusSeconds(60)).getEncoded());
    take(superior.rootList(today.minusSeconds(60)).getEncoded());
    assertThat(urgent(calendar(catalog(), now))).isEmpty();
    assertThat(urgent(calendar(catalog(), now.plus(Duration.ofDays(31)))))
        .as("a list that has ended")
        .anyMatch(sentence -> sentence.startsWith("devices: the chain to its external superior"));
    AuthorityCatalog running = catalog();
    take(superior.policyList(today, own.getSerialNumber()).getEncoded());
    assertThat(
            urgent(calendar(AuthorityFiles.withSuperiorsLists(running, place.authorities()), now)))
        .anyMatch(sentence -> sentence.contains("revoked"));
  }

  @Test
  void aListThatNoSuperiorSignedOrThatIsOlderIsNotTaken() throws Exception {
    goOn(installed);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    byte[] foreign = new ExternalSuperior(Instant.now(), YEARS).policyList(now).getEncoded();
    assertThatThrownBy(() -> take(foreign))
        .isInstanceOf(SuperiorLists.Refused.class)
        .hasMessageContaining("no superior");
    take(superior.policyList(now).getEncoded());
    byte[] older = superior.policyList(now.minusSeconds(60)).getEncoded();
    assertThatThrownBy(() -> take(older))
        .isInstanceOf(SuperiorLists.Refused.class)
        .hasMessageContaining("newer");
    assertThatThrownBy(() -> take(new byte[] {1, 2, 3})).isInstanceOf(SuperiorLists.Refused.class);
  }

  private List<AuthorityName> take(byte[] list) throws Exception {
    return SuperiorLists.take(place.authorities(), list, Instant.now());
  }

  private static HierarchyCalendar calendar(AuthorityCatalog catalog, Instant at) {
    return HierarchyCalendar.of(catalog, ProfileCatalog.bundled().all(), at, Period.ofYears(10));
  }

  private static List<String> urgent(HierarchyCalendar calendar) {
    return calendar.warnings().stream()
        .filter(CalendarWarning::urgent)
        .map(one -> one.sentence(Locale.ENGLISH))
        .filter(sentence -> sentence.startsWith("devices"))
        .toList();
  }

  private void install(String generation) throws Exception {
    X509CertificateHolder certified =
        superior.certify(request(rehearsal, generation), YEARS.minusDays(1));
    Path chain = superior.chain(folder.resolve(generation + ".pem"), certified);
    led().installFromSuperior(new AuthorityName(generation), chain, Optional.empty());
  }

  private Ceremonies led() throws Exception {
    return rehearsal.ceremonies(Locale.GERMAN);
  }

  private AuthorityCatalog catalog() throws IOException {
    return AuthorityFiles.read(place.authorities());
  }

  private String policy(String key) throws Exception {
    return Files.readString(place.vault().resolve("keys").resolve(key + ".yaml"));
  }

  private static Bytes encoded(X509CertificateHolder certificate) throws IOException {
    return Bytes.of(certificate.getEncoded());
  }
}
