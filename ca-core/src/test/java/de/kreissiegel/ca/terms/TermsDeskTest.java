package de.kreissiegel.ca.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.disclosure.PersonReport;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.storage.JdbcDisclosureBook;
import de.kreissiegel.ca.storage.JdbcTermsBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Terms in versions, and who accepted them. */
class TermsDeskTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir Path folder;
  private House house;
  private Actor.Person anna;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE, null, House.withoutOfficers(folder), new MovableClock());
    anna = House.staff(house.anna);
    inForce(1, "Geben Sie den Schlüssel nicht weiter.");
  }

  @Test
  void takesNoApplicationBeforeTheTermsInForceAreAccepted() throws Exception {
    assertThat(refusal(this::apply)).isEqualTo(RefusalReason.TERMS_NOT_ACCEPTED);
    assertThat(house.desk.own(anna)).isEmpty();

    accept(now());

    assertThat(apply()).isInstanceOf(CertificateRequest.AwaitingApproval.class);
  }

  @Test
  void asksAgainOnlyWhenTheWordsHaveChanged() throws Exception {
    accept(now());
    assertThat(missing()).isEmpty();

    inForce(2, "Geben Sie weder Schlüssel noch Passwort weiter.");

    assertThat(missing()).containsExactly(now());
    assertThat(refusal(this::apply)).isEqualTo(RefusalReason.TERMS_NOT_ACCEPTED);
    accept(now());
    assertThatCode(this::apply).doesNotThrowAnyException();
  }

  @Test
  void recordsVersionDigestAndTimeOnceAndTellsTheTrail() throws Exception {
    Acceptance first = accept(now());
    house.clock.pass(Duration.ofHours(1));
    Acceptance again = accept(now());

    assertThat(again).isEqualTo(first);
    assertThat(house.termsDesk.of(anna.id())).containsExactly(first);
    assertThat(first.digest()).isEqualTo(now().digest());
    assertThat(DATABASE.texts("select action from audit_event"))
        .filteredOn("terms.accepted"::equals)
        .hasSize(1);
  }

  @Test
  void acceptsNothingButWhatIsInForceWordForWord() throws Exception {
    Terms old = now();
    inForce(2, "Andere Worte.");

    assertThat(refusal(() -> accept(old))).isEqualTo(RefusalReason.TERMS_CHANGED);
    assertThat(refusal(() -> house.termsDesk.accept(anna, now().name(), 2, Bytes.of(new byte[32]))))
        .isEqualTo(RefusalReason.TERMS_CHANGED);
    assertThat(
            refusal(
                () ->
                    house.termsDesk.accept(anna, new TermsName("none"), 1, Bytes.of(new byte[32]))))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(house.termsDesk.of(anna.id())).isEmpty();
  }

  @Test
  void countsForThePersonAlone() throws Exception {
    accept(now());

    assertThat(house.termsDesk.missing(House.staff(house.otto), List.of(House.VPN), House.TOWN))
        .containsExactly(now());
  }

  @Test
  void keepsTheWordsOfEarlierVersionsAndRefusesOtherWordsUnderAnOldNumber() throws Exception {
    Terms old = now();
    inForce(2, "Andere Worte.");

    assertThat(house.termsDesk.find(old.name(), 1)).contains(old);
    assertThat(catchThrowableOfType(ConfigurationFaults.class, () -> keep(catalog(2, "Dritte."))))
        .hasMessageContaining("version 2 had other words here");
    assertThat(catchThrowableOfType(ConfigurationFaults.class, () -> keep(catalog(1, text(old)))))
        .hasMessageContaining("version 2 was here already");
  }

  @Test
  void saysWhatAnApplicantHadAcceptedWhenTheyApplied() throws Exception {
    Acceptance first = accept(now());
    CertificateRequest.Content content = apply().content();
    house.clock.pass(Duration.ofDays(1));
    inForce(2, "Andere Worte.");
    accept(now());

    assertThat(
            house.termsDesk.acceptedFor(
                anna.id(), content.profile(), content.tenant(), content.submittedAt()))
        .contains(first);
  }

  @Test
  void standsInTheReportOfThePerson() throws Exception {
    accept(now());

    PersonReport report = new JdbcDisclosureBook(DATABASE.database()).about(anna.id());

    assertThat(report.sections().get(PersonReport.Section.TERMS))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry).containsEntry("name", "certificates").containsEntry("version", "1");
              assertThat(entry).containsEntry("digest", now().digest().toHex());
            });
  }

  private void inForce(int version, String text) throws Exception {
    house.terms = catalog(version, text);
    keep(house.terms);
    house.restart(house.certificates);
  }

  private void keep(TermsCatalog catalog) throws ConfigurationFaults {
    new JdbcTermsBook(DATABASE.database()).keep(catalog, house.clock.instant());
  }

  private TermsCatalog catalog(int version, String text) throws ConfigurationFaults {
    return TermsCatalog.parse(
        """
        schema: 1
        terms:
          - name: certificates
            version: %d
            de:
              title: Bedingungen
              text: %s
            en:
              title: Terms
              text: English
        """
            .formatted(version, text),
        house.profiles);
  }

  private static String text(Terms terms) {
    return terms.german().text();
  }

  private Terms now() {
    return house.termsDesk.catalog().all().getFirst();
  }

  private Iterable<Terms> missing() {
    return house.termsDesk.missing(anna, List.of(House.VPN), House.TOWN);
  }

  private Acceptance accept(Terms terms) throws Refused {
    return house.termsDesk.accept(anna, terms.name(), terms.version(), terms.digest());
  }

  private CertificateRequest apply() throws Refused {
    return house.desk.submit(anna, House.application(house.anna, House.VPN));
  }

  private interface Step {
    Object take() throws Refused;
  }

  private static RefusalReason refusal(Step step) {
    return catchThrowableOfType(Refused.class, step::take).reason();
  }
}
