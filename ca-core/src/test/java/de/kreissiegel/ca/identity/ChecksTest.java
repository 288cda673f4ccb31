package de.kreissiegel.ca.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.disclosure.PersonReport;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.profile.CheckKind;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.storage.JdbcDisclosureBook;
import de.kreissiegel.ca.storage.TestDatabase;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How an officer checked a person, with their decision. */
class ChecksTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  /** Demands a check; VPN doesn't. */
  private static final ProfileName SIGNATURE = new ProfileName("signature");

  @TempDir Path folder;
  private House house;
  private Actor.Person otto;
  private LocalDate today;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE, null, House.withoutOfficers(folder), new MovableClock());
    otto = House.officer(house.otto, House.TOWN);
    today = LocalDate.ofInstant(house.clock.instant(), ZoneId.of("Europe/Berlin"));
  }

  @Test
  void refusesAnApprovalWithoutACheckWhereTheProfileDemandsOne() throws Exception {
    CertificateRequest request = applied(SIGNATURE);

    assertThat(refusal(request, Optional.empty())).isEqualTo(RefusalReason.CHECK_MISSING);
    assertThat(house.requests.find(request.id()).orElseThrow())
        .isInstanceOf(CertificateRequest.AwaitingApproval.class);
    assertThat(house.desk.checks(otto, request.id())).isEmpty();
  }

  @Test
  void keepsKindDayOfficerAndTimeWithTheDecision() throws Exception {
    CertificateRequest request = applied(SIGNATURE);

    approve(request, check(CheckKind.IDENTITY_CARD, today.minusDays(2)));

    assertThat(house.desk.checks(otto, request.id()))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.subject()).isEqualTo(house.anna.id());
              assertThat(kept.check().kind()).isEqualTo(CheckKind.IDENTITY_CARD);
              assertThat(kept.check().on()).isEqualTo(today.minusDays(2));
              assertThat(kept.officer()).isEqualTo(otto.id());
              assertThat(kept.request()).contains(request.id().value());
            });
    assertThat(DATABASE.texts("select detail from audit_event where action = 'request.approved'"))
        .singleElement()
        .asString()
        .endsWith("check=identity-card checkedOn=" + today.minusDays(2));
  }

  @Test
  void asksForNothingWhereTheProfileDoesNot() throws Exception {
    assertThatCode(() -> approve(applied(House.VPN), Optional.empty())).doesNotThrowAnyException();
  }

  @Test
  void takesNoKindThatTheProfileDoesNotNameNoDayToComeAndNoneLongPast() throws Exception {
    CertificateRequest request = applied(SIGNATURE);

    assertThat(refusal(request, check(CheckKind.DEVICE_RECORD, today)))
        .isEqualTo(RefusalReason.CHECK_MISSING);
    assertThat(refusal(request, check(CheckKind.KNOWN, today.plusDays(1))))
        .isEqualTo(RefusalReason.CHECK_MISSING);
    assertThat(refusal(request, check(CheckKind.KNOWN, today.minusDays(367))))
        .isEqualTo(RefusalReason.CHECK_MISSING);
  }

  @Test
  void takesUnchangedOnlyOfSomebodyWhoWasCheckedBefore() throws Exception {
    assertThat(refusal(applied(SIGNATURE), check(CheckKind.UNCHANGED, today)))
        .isEqualTo(RefusalReason.CHECK_MISSING);
    house.desk.own(House.staff(house.anna)).forEach(one -> withdraw(one));
    approve(applied(SIGNATURE), check(CheckKind.KNOWN, today));

    assertThatCode(() -> approve(applied(SIGNATURE), check(CheckKind.UNCHANGED, today)))
        .doesNotThrowAnyException();
  }

  @Test
  void showsTheApplicantTheChecksOfTheirOwnApplicationAndStrangersNone() throws Exception {
    CertificateRequest request = applied(SIGNATURE);
    approve(request, check(CheckKind.KNOWN, today));

    assertThat(house.desk.checks(House.staff(house.anna), request.id())).hasSize(1);
    assertThat(
            catchThrowableOfType(
                    Refused.class,
                    () -> house.desk.checks(House.officer(house.olga, House.VILLAGE), request.id()))
                .reason())
        .isEqualTo(RefusalReason.NOT_FOUND);
  }

  @Test
  void standsInTheReportOfThePersonAndOfTheOfficer() throws Exception {
    approve(applied(SIGNATURE), check(CheckKind.KNOWN, today));

    for (var person : List.of(house.anna.id(), house.otto.id())) {
      assertThat(
              new JdbcDisclosureBook(DATABASE.database())
                  .about(person)
                  .sections()
                  .get(PersonReport.Section.CHECKS))
          .singleElement()
          .satisfies(entry -> assertThat(entry).containsEntry("kind", "known"));
    }
  }

  @Test
  void readsNothingButAKnownKindAndADay() {
    for (String[] wrong :
        new String[][] {{"L01X00T47", "2026-11-30"}, {"known", "yesterday"}, {"", ""}}) {
      assertThat(
              catchThrowableOfType(Refused.class, () -> IdentityCheck.read(wrong[0], wrong[1]))
                  .reason())
          .isEqualTo(RefusalReason.BAD_DATA_FORMAT);
    }
  }

  private CertificateRequest applied(ProfileName profile) throws Refused {
    return house.desk.submit(House.staff(house.anna), House.application(house.anna, profile));
  }

  private void withdraw(CertificateRequest request) {
    try {
      house.desk.withdraw(House.staff(house.anna), request.id());
    } catch (Refused decided) {
      throw new AssertionError(decided);
    }
  }

  private void approve(CertificateRequest request, Optional<IdentityCheck> check) throws Refused {
    house.desk.approveOrder(otto, request.id(), List.of(), check);
  }

  private RefusalReason refusal(CertificateRequest request, Optional<IdentityCheck> check) {
    return catchThrowableOfType(Refused.class, () -> approve(request, check)).reason();
  }

  private static Optional<IdentityCheck> check(CheckKind kind, LocalDate on) {
    return Optional.of(new IdentityCheck(kind, on));
  }
}
