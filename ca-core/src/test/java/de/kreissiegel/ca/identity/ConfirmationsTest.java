package de.kreissiegel.ca.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.profile.CheckKind;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.SubjectId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** People with VPN certificates are checked again after six months. */
class ConfirmationsTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final Duration HALF_A_YEAR = Duration.ofDays(185);

  @TempDir Path folder;
  private House house;
  private Actor.Person otto;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE, null, profiles(), new MovableClock());
    otto = House.officer(house.otto, House.TOWN);
  }

  @Test
  void tellsOfNobodyBeforeTheyAreDue() throws Exception {
    issued(check(CheckKind.KNOWN));
    house.clock.pass(Duration.ofDays(100));

    assertThat(house.confirmations.due(otto)).isEmpty();
  }

  @Test
  void tellsAMonthAheadWhoIsDueAndAfterwardsThatItIsOverdue() throws Exception {
    issued(check(CheckKind.KNOWN));
    LocalDate checked = today();
    house.clock.pass(Duration.ofDays(165));

    assertThat(house.confirmations.due(otto))
        .singleElement()
        .isEqualTo(
            new Due(
                house.anna.id(),
                "Anna Amsel",
                House.TOWN,
                Optional.of(checked),
                checked.plusMonths(6),
                false));

    house.clock.pass(Duration.ofDays(30));
    assertThat(house.confirmations.due(otto)).singleElement().matches(Due::overdue);
    assertThat(house.confirmations.due(House.officer(house.olga, House.VILLAGE))).isEmpty();
    assertThat(house.confirmations.due(House.staff(house.olga))).isEmpty();
  }

  @Test
  void countsFromTheCertificateWhereNoCheckWasRecordedAndByNoUnchanged() throws Exception {
    issued(Optional.empty());
    house.clock.pass(HALF_A_YEAR);

    assertThat(house.confirmations.due(otto))
        .singleElement()
        .satisfies(one -> assertThat(one.checked()).isEmpty());
  }

  @Test
  void isQuietAgainOnceAnOfficerHasConfirmed() throws Exception {
    issued(check(CheckKind.KNOWN));
    house.clock.pass(HALF_A_YEAR);

    house.confirmations.confirm(
        otto, house.anna.id(), House.TOWN, check(CheckKind.IDENTITY_CARD).orElseThrow());

    assertThat(house.confirmations.due(otto)).isEmpty();
    assertThat(DATABASE.texts("select object from audit_event where action = 'person.confirmed'"))
        .containsExactly("person:" + house.anna.id());
  }

  @Test
  void letsNobodyConfirmThemselvesStrangersOrByAnEarlierCheck() throws Exception {
    issued(check(CheckKind.KNOWN));
    house.clock.pass(HALF_A_YEAR);
    IdentityCheck known = check(CheckKind.KNOWN).orElseThrow();

    assertThat(refusal(House.officer(house.anna, House.TOWN), known))
        .isEqualTo(RefusalReason.OWN_APPLICATION);
    assertThat(refusal(House.officer(house.olga, House.VILLAGE), known))
        .isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(House.staff(house.olga), known)).isEqualTo(RefusalReason.NOT_FOUND);
    assertThat(refusal(otto, check(CheckKind.UNCHANGED).orElseThrow()))
        .isEqualTo(RefusalReason.CHECK_MISSING);
    assertThat(refusal(otto, new IdentityCheck(CheckKind.KNOWN, today().plusDays(1))))
        .isEqualTo(RefusalReason.CHECK_MISSING);
    assertThat(house.confirmations.due(otto)).hasSize(1);
  }

  @Test
  void remindsTheOfficersOnceForEachDueDay() throws Exception {
    DATABASE.execute("insert into letter_office values (true)");
    issued(check(CheckKind.KNOWN));
    house.clock.pass(HALF_A_YEAR);

    assertThat(house.confirmations.remind()).isOne();
    assertThat(house.confirmations.remind()).isZero();
    assertThat(
            DATABASE.texts(
                "select detail from audit_event where action = 'person.confirmation-due'"))
        .containsExactly("people=1");
    assertThat(DATABASE.number("select count(*) from letter_cue where kind = 'CONFIRMATION'"))
        .isOne();
  }

  /** Whoever is due last is reminded of as well, and can be confirmed. */
  @Test
  void remindsOfMoreThanAListShowsAndConfirmsThem() throws Exception {
    DATABASE.execute("insert into letter_office values (true)");
    issued(check(CheckKind.KNOWN));
    int others = ConfirmationBook.MOST + 10;
    DATABASE.execute(
        """
        insert into request select (jsonb_populate_record(r, jsonb_build_object(
          'id', ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid,
          'subject_id', 'person-' || lpad(n::text, 4, '0'), 'serial', to_hex(n + 4096)))).*
        from request r, generate_series(1, %1$d) n
        """
            .formatted(others));
    DATABASE.execute(
        """
        insert into certificate select (jsonb_populate_record(c, jsonb_build_object(
          'serial', to_hex(n + 4096), 'subject_id', 'person-' || lpad(n::text, 4, '0'),
          'request_id', ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid,
          'not_before', c.not_before + n * interval '1 second'))).*
        from certificate c, generate_series(1, %1$d) n where c.profile = 'vpn-client'
        """
            .formatted(others));
    house.clock.pass(HALF_A_YEAR);

    assertThat(house.confirmations.remind()).isEqualTo(others + 1);
    assertThat(house.confirmations.remind()).isZero();
    List<Due> shown = house.confirmations.due(otto);
    assertThat(shown).hasSize(ConfirmationBook.MOST);
    SubjectId unseen =
        IntStream.rangeClosed(1, others)
            .mapToObj(n -> new SubjectId("person-%04d".formatted(n)))
            .filter(one -> shown.stream().noneMatch(due -> due.subject().equals(one)))
            .findFirst()
            .orElseThrow();
    IdentityCheck known = check(CheckKind.KNOWN).orElseThrow();
    assertThatCode(() -> house.confirmations.confirm(otto, unseen, House.TOWN, known))
        .doesNotThrowAnyException();
    assertThat(
            catchThrowableOfType(
                    Refused.class,
                    () ->
                        house.confirmations.confirm(
                            House.officer(house.olga, House.VILLAGE),
                            new SubjectId("person-0001"),
                            House.TOWN,
                            known))
                .reason())
        .isEqualTo(RefusalReason.NOT_FOUND);
  }

  /** Who stands in the officers' list as overdue is overdue for every kind that wants it. */
  @Test
  void callsThoseOverdueOfWhomOfficersAreTold() throws Exception {
    var yearly = house.profiles.get(new ProfileName("authentication"));
    issued(Optional.empty());
    house.clock.pass(HALF_A_YEAR);
    assertThat(house.confirmations.due(otto)).singleElement().matches(Due::overdue);
    assertThat(house.confirmations.isOverdue(yearly, house.anna)).isTrue();
    house.confirmations.confirm(
        otto, house.anna.id(), House.TOWN, check(CheckKind.KNOWN).orElseThrow());
    assertThat(house.confirmations.isOverdue(yearly, house.anna)).isFalse();
    house.clock.pass(Duration.ofDays(400));
    assertThat(house.confirmations.isOverdue(yearly, house.anna)).isTrue();
  }

  @Test
  void checksAnewWhoeverWasNotConfirmedInTime() throws Exception {
    CertificateRequest.Issued old = issued(check(CheckKind.KNOWN));
    house.clock.pass(HALF_A_YEAR);
    CertificateRequest renewal = renew(old);

    for (Optional<IdentityCheck> none :
        List.of(Optional.<IdentityCheck>empty(), check(CheckKind.UNCHANGED))) {
      assertThat(catchThrowableOfType(Refused.class, () -> approve(renewal, none)).reason())
          .isEqualTo(RefusalReason.CHECK_MISSING);
    }
    assertThatCode(() -> approve(renewal, check(CheckKind.KNOWN))).doesNotThrowAnyException();
    assertThat(house.confirmations.due(otto)).isEmpty();
  }

  private ProfileCatalog profiles() throws Exception {
    House.withoutOfficers(folder);
    Path vpn = folder.resolve("vpn-client.yaml");
    Files.writeString(vpn, Files.readString(vpn) + "registration:\n  reconfirm: P6M\n");
    Path log = folder.resolve("authentication.yaml");
    Files.writeString(log, Files.readString(log) + "registration:\n  reconfirm: P12M\n");
    return ProfileCatalog.load(folder);
  }

  private CertificateRequest.Issued issued(Optional<IdentityCheck> check) throws Refused {
    return (CertificateRequest.Issued) approve(submit(Optional.empty()), check);
  }

  private CertificateRequest submit(Optional<Predecessor> renews) throws Refused {
    var application = House.application(house.anna, House.VPN);
    return house.desk.submit(
        House.staff(house.anna), renews.map(application::renewing).orElse(application));
  }

  private CertificateRequest renew(CertificateRequest.Issued old) throws Refused {
    return submit(Optional.of(new Predecessor(old.authority(), old.serial())));
  }

  private CertificateRequest approve(CertificateRequest request, Optional<IdentityCheck> check)
      throws Refused {
    return house.desk.approveOrder(otto, request.id(), List.of(), check).getFirst();
  }

  private RefusalReason refusal(Actor.Person officer, IdentityCheck check) {
    return catchThrowableOfType(
            Refused.class,
            () -> house.confirmations.confirm(officer, house.anna.id(), House.TOWN, check))
        .reason();
  }

  private Optional<IdentityCheck> check(CheckKind kind) {
    return Optional.of(new IdentityCheck(kind, today()));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(house.clock.instant(), ZoneId.of("Europe/Berlin"));
  }
}
