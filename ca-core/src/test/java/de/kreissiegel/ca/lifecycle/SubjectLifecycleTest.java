package de.kreissiegel.ca.lifecycle;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.DISTRICT;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.away;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.disabled;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.gone;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.ids;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.mailbox;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.person;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.profiles;
import static de.kreissiegel.ca.lifecycle.LifecycleHouse.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.CertificateStatus.Good;
import de.kreissiegel.ca.inventory.CertificateStatus.OnHold;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.x509.RevocationReason;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What follows from single changes in the directory. */
class SubjectLifecycleTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();
  private static final SubjectId ERIKA = new SubjectId("erika");

  @TempDir Path folder;
  private LifecycleHouse house;

  @BeforeEach
  void empty() {
    house = new LifecycleHouse(ROOM);
  }

  @Test
  void revokesAllThatIsGoodOrHeldOfWhoLeftAndRefusesWhatIsOpen() {
    StoredCertificate good = house.stored(sample());
    StoredCertificate held = house.stored(sample().status(new OnHold(NOW)));
    StoredCertificate over = house.stored(sample().status(revoked(RevocationReason.SUPERSEDED)));
    StoredCertificate expired =
        house.stored(sample().valid(NOW.minusSeconds(9), NOW.minusSeconds(1)));
    StoredCertificate others = house.stored(sample().subject("max"));
    house.openRequests.put(ERIKA, "");
    SubjectLifecycle lifecycle = here("erika", "max");

    lifecycle.take(DISTRICT, house.report(seen(disabled("erika"))));

    for (StoredCertificate certificate : List.of(good, held)) {
      assertThat(house.status(certificate))
          .isEqualTo(revoked(RevocationReason.AFFILIATION_CHANGED));
    }
    for (StoredCertificate certificate : List.of(over, expired, others)) {
      assertThat(house.status(certificate)).isEqualTo(certificate.status());
    }
    assertThat(house.refused).containsKey(ERIKA);
    assertThat(house.events())
        .hasSize(2)
        .allSatisfy(
            event ->
                assertThat(event)
                    .startsWith("certificate.revoked: affiliationChanged")
                    .containsPattern("entry disabled; change \\d+ in the directory district"));
  }

  @Test
  void takesWhoIsDisabledAtTheFirstLookForSomebodyWhoLeft() {
    StoredCertificate certificate = house.stored(sample());

    house.lifecycle(Brake.DEFAULT).take(DISTRICT, house.report(seen(disabled("erika"))));

    assertThat(house.status(certificate)).isInstanceOf(CertificateStatus.Revoked.class);
  }

  @Test
  void saysOfMachinesAndMailboxesThatTheyCeasedToOperate() {
    StoredCertificate gateway = house.stored(sample().subject("gateway"));
    house.kinds.put(gateway.request().orElseThrow(), SubjectKind.SERVICE);

    here("gateway").take(DISTRICT, house.report(gone("gateway")));

    assertThat(house.status(gateway)).isEqualTo(revoked(RevocationReason.CESSATION_OF_OPERATION));
  }

  @Test
  void doesNothingTheSecondTime() {
    house.stored(sample());
    SubjectLifecycle lifecycle = here("erika");

    lifecycle.take(DISTRICT, house.report(seen(disabled("erika"))));
    lifecycle.take(DISTRICT, house.report(seen(disabled("erika"))));
    lifecycle.take(DISTRICT, house.report(gone("erika")));
    lifecycle.take(DISTRICT, house.report(gone("erika")));

    assertThat(house.events()).hasSize(1);
  }

  @Test
  void keepsTheBookmarkWithWhatWasRead() {
    SubjectLifecycle lifecycle = here("erika");
    var report = house.report(seen(person("max")));

    lifecycle.take(DISTRICT, report);

    assertThat(lifecycle.bookmark(DISTRICT)).isEqualTo(report.after());
    assertThat(lifecycle.known(DISTRICT)).containsExactlyInAnyOrder(ERIKA, new SubjectId("max"));
    assertThat(house.lifecycle(Brake.DEFAULT).bookmark(DISTRICT)).isEqualTo(report.after());
  }

  @Test
  void leavesASubjectToTheDirectoryThatNamedItFirst() {
    StoredCertificate certificate = house.stored(sample());
    SubjectLifecycle lifecycle = here("erika");

    lifecycle.take(new DirectoryName("liar"), house.report(seen(disabled("erika")), gone("max")));

    assertThat(house.status(certificate)).isEqualTo(new Good());
  }

  @Test
  void suspendsWhoLeftAndRevokesAfterTheTermWhereTheProfileSaysSo() throws Exception {
    StoredCertificate certificate = house.stored(sample().profile("vpn-client"));
    SubjectLifecycle lifecycle = with("vpn-client", "left: suspend P14D");
    lifecycle.take(DISTRICT, house.report(seen(disabled("erika"))));

    assertThat(house.status(certificate)).isEqualTo(new OnHold(NOW));
    assertThat(lifecycle.explain(certificate.authority(), certificate.serial()))
        .contains(
            new Explanation(
                Change.Kind.LEFT,
                NOW,
                Effect.Act.SUSPENDED,
                Optional.of(NOW.plus(Duration.ofDays(14)))));
    house.pass(Duration.ofDays(14).minusSeconds(1));
    lifecycle.work();
    assertThat(house.status(certificate)).isEqualTo(new OnHold(NOW));
    house.pass(Duration.ofSeconds(1));
    lifecycle.work();
    assertThat(house.status(certificate)).isEqualTo(revoked(RevocationReason.AFFILIATION_CHANGED));
  }

  @Test
  void releasesWhatItSuspendedWhenTheyReturnWithinTheTerm() throws Exception {
    StoredCertificate certificate = house.stored(sample().profile("vpn-client"));
    SubjectLifecycle lifecycle = with("vpn-client", "left: suspend P14D");
    lifecycle.take(DISTRICT, house.report(seen(disabled("erika"))));

    lifecycle.take(DISTRICT, house.report(seen(person("erika"))));

    assertThat(house.status(certificate)).isEqualTo(new Good());
    house.pass(Duration.ofDays(15));
    lifecycle.work();
    assertThat(house.status(certificate)).isEqualTo(new Good());
  }

  @Test
  void leavesAHoldThatAnOfficerMadeToTheOfficer() throws Exception {
    StoredCertificate certificate =
        house.stored(sample().profile("vpn-client").status(new OnHold(NOW)));
    SubjectLifecycle lifecycle = with("vpn-client", "left: suspend P14D");
    lifecycle.take(DISTRICT, house.report(seen(disabled("erika"))));

    lifecycle.take(DISTRICT, house.report(seen(person("erika"))));

    assertThat(house.status(certificate)).isEqualTo(new OnHold(NOW));
  }

  @Test
  void revokesNothingLaterWhatAnOfficerReleasedMeanwhile() throws Exception {
    StoredCertificate certificate = house.stored(sample().profile("vpn-client"));
    SubjectLifecycle lifecycle = with("vpn-client", "left: suspend P14D");
    lifecycle.take(DISTRICT, house.report(seen(disabled("erika"))));

    ROOM.revocationDesk()
        .release(
            Bookroom.officer(HASSFURT), certificate.authority(), certificate.serial(), "Irrtum");
    house.pass(Duration.ofDays(15));
    lifecycle.work();

    assertThat(house.status(certificate)).isEqualTo(new Good());
  }

  @Test
  void holdsForMonthsWhatBelongsToSomebodyWhoIsAway() {
    StoredCertificate certificate = house.stored(sample());
    SubjectLifecycle lifecycle = here("erika");

    lifecycle.take(DISTRICT, house.report(away("erika")));
    house.pass(Duration.ofDays(200));
    lifecycle.work();
    assertThat(house.status(certificate)).isEqualTo(new OnHold(NOW));

    lifecycle.take(DISTRICT, house.report(seen(person("erika"))));
    assertThat(house.status(certificate)).isEqualTo(new Good());
  }

  @Test
  void revokesAMoversCertificateOfTheOldTenantLaterAndOffersOneOfTheNew() {
    StoredCertificate old = house.stored(sample().profile("vpn-client"));
    StoredCertificate other = house.stored(sample().profile("vpn-client").tenant(EBERN));
    SubjectLifecycle lifecycle = here("erika");

    lifecycle.take(DISTRICT, house.report(seen(person("erika", "erika", true, EBERN))));

    assertThat(house.status(old)).isEqualTo(new Good());
    assertThat(lifecycle.occasions(List.of(ERIKA)))
        .singleElement()
        .satisfies(
            occasion -> {
              assertThat(occasion.tenant()).isEqualTo(EBERN);
              assertThat(occasion.profile()).isEqualTo(new ProfileName("vpn-client"));
              assertThat(occasion.because()).isEqualTo(Change.Kind.MOVED);
            });
    house.pass(Duration.ofDays(14));
    lifecycle.work();
    assertThat(house.status(old)).isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(house.status(other)).isEqualTo(new Good());
  }

  @Test
  void revokesNothingOfAMoverWhoCameBackInTime() {
    StoredCertificate certificate = house.stored(sample().profile("vpn-client"));
    SubjectLifecycle lifecycle = here("erika");
    lifecycle.take(DISTRICT, house.report(seen(person("erika", "erika", true, EBERN))));

    lifecycle.take(DISTRICT, house.report(seen(person("erika"))));
    house.pass(Duration.ofDays(15));
    lifecycle.work();

    assertThat(house.status(certificate)).isEqualTo(new Good());
  }

  @Test
  void takesOneOfTwoAdministrationsForAMoveOfItsCertificatesAlone() {
    StoredCertificate hassfurt = house.stored(sample().profile("vpn-client"));
    StoredCertificate ebern = house.stored(sample().profile("vpn-client").tenant(EBERN));
    SubjectLifecycle lifecycle = house.lifecycle(Brake.DEFAULT);
    lifecycle.take(DISTRICT, house.report(seen(person("erika", "erika", true, HASSFURT, EBERN))));

    lifecycle.take(DISTRICT, house.report(seen(person("erika"))));
    house.pass(Duration.ofDays(14));
    lifecycle.work();

    assertThat(house.status(hassfurt)).isEqualTo(new Good());
    assertThat(house.status(ebern)).isInstanceOf(CertificateStatus.Revoked.class);
  }

  @Test
  void offersAnotherToWhoHasANewName() {
    StoredCertificate certificate = house.stored(sample().profile("signature"));
    SubjectLifecycle lifecycle = here("erika");

    lifecycle.take(DISTRICT, house.report(seen(person("erika", "Neu", true, HASSFURT))));

    assertThat(house.status(certificate)).isEqualTo(new Good());
    assertThat(lifecycle.occasions(List.of(ERIKA)))
        .extracting(Occasion::because)
        .containsExactly(Change.Kind.RENAMED);
  }

  @Test
  void revokesWhatBearsTheOldNameWhereTheProfileSaysSo() throws Exception {
    StoredCertificate certificate = house.stored(sample().profile("vpn-client"));
    SubjectLifecycle lifecycle = with("vpn-client", "renamed: revoke P30D");

    lifecycle.take(DISTRICT, house.report(seen(person("erika", "Neu", true, HASSFURT))));
    house.pass(Duration.ofDays(29));
    lifecycle.work();
    assertThat(house.status(certificate)).isEqualTo(new Good());
    house.pass(Duration.ofDays(1));
    lifecycle.work();

    assertThat(house.status(certificate)).isInstanceOf(CertificateStatus.Revoked.class);
  }

  @Test
  void doesNothingToANamesakeOrToWhoHadTheAddressBefore() {
    StoredCertificate certificate = house.stored(sample());
    SubjectLifecycle lifecycle = here("erika");

    lifecycle.take(DISTRICT, house.report(seen(person("other", "erika", true, HASSFURT))));

    assertThat(house.status(certificate)).isEqualTo(new Good());
    assertThat(house.events()).isEmpty();
  }

  @Test
  void offersToSomebodyNewWhatProfilesSay() throws Exception {
    SubjectLifecycle lifecycle = with("vpn-client", "joined: offer");

    lifecycle.take(DISTRICT, house.report(seen(person("new"))));

    assertThat(lifecycle.occasions(ids("new")))
        .extracting(Occasion::profile)
        .containsExactly(new ProfileName("vpn-client"));
    assertThat(lifecycle.occasions(ids("new"))).noneMatch(Occasion::expected);
    assertThat(house.events()).isEmpty();
    lifecycle.take(DISTRICT, house.report(gone("new")));
  }

  @Test
  void asksWhoIsNewToApplyWhereARuleSaysSoAndNobodyWhoWasThereBefore() throws Exception {
    SubjectLifecycle lifecycle = with("vpn-client", "joined: request");

    lifecycle.take(DISTRICT, house.report(seen(person("erika")), seen(person("new"))));
    lifecycle.take(DISTRICT, house.report(seen(person("new"))));

    assertThat(lifecycle.occasions(ids("erika")))
        .extracting(Occasion::expected, Occasion::because)
        .containsExactly(tuple(false, Change.Kind.FOUND));
    assertThat(lifecycle.occasions(ids("new")))
        .extracting(Occasion::expected, Occasion::because)
        .containsExactly(tuple(true, Change.Kind.JOINED));
    assertThat(
            ROOM.database()
                .texts("select object from audit_event where action = 'application.expected'"))
        .containsExactly("occasion:vpn-client/stadt-hassfurt.example/new");
  }

  @Test
  void revokesAMailboxWhenOneOfItsKeyHoldersLeaves() {
    StoredCertificate mailbox = house.stored(sample().subject("post"));
    SubjectLifecycle lifecycle = house.lifecycle(Brake.DEFAULT);
    Observation held = new Observation.Present(mailbox("post", "erika"), false, ids("max"));
    lifecycle.take(DISTRICT, house.report(held, seen(person("erika")), seen(person("max"))));

    lifecycle.take(DISTRICT, house.report(gone("max")));

    assertThat(house.status(mailbox)).isEqualTo(revoked(RevocationReason.SUPERSEDED));
    StoredCertificate next = house.stored(sample().subject("post"));
    lifecycle.take(
        DISTRICT, house.report(new Observation.Present(mailbox("post", "erika"), false, Set.of())));
    assertThat(house.status(next)).isEqualTo(new Good());
  }

  @Test
  void revokesAMailboxWhenSomebodyIsTakenOffTheList() {
    StoredCertificate mailbox = house.stored(sample().subject("post"));
    SubjectLifecycle lifecycle = house.lifecycle(Brake.DEFAULT);
    lifecycle.take(
        DISTRICT,
        house.report(new Observation.Present(mailbox("post"), false, ids("erika", "max"))));

    lifecycle.take(
        DISTRICT,
        house.report(new Observation.Present(mailbox("post"), false, ids("erika", "max", "new"))));
    assertThat(house.status(mailbox)).isEqualTo(new Good());
    lifecycle.take(
        DISTRICT, house.report(new Observation.Present(mailbox("post"), false, ids("erika"))));
    assertThat(house.status(mailbox)).isEqualTo(revoked(RevocationReason.SUPERSEDED));
  }

  @Test
  void concludesNothingFromPartsOfAReadingBeforeItIsComplete() {
    StoredCertificate certificate = house.stored(sample());
    SubjectLifecycle lifecycle = here("erika");

    lifecycle.take(DISTRICT, DirectoryReport.part(List.of(gone("erika"))));
    lifecycle.work();
    assertThat(house.status(certificate)).isEqualTo(new Good());

    // As after a crash: the next reading finds everybody known as it left them.
    house.lifecycle(Brake.DEFAULT).take(DISTRICT, house.report());
    assertThat(house.status(certificate)).isInstanceOf(CertificateStatus.Revoked.class);
  }

  @Test
  void asksTheDirectoryForHoldersOfWhomNoReadingTold() throws Exception {
    StoredCertificate stranger = house.stored(sample().subject("stranger"));
    StoredCertificate here = house.stored(sample().subject("here"));
    house.directory.put(new SubjectId("here"), person("here"));
    SubjectLifecycle lifecycle = house.lifecycle(Brake.DEFAULT);

    house.directoryDown = true;
    lifecycle.lookForStragglers();
    assertThat(house.status(stranger)).isEqualTo(new Good());

    house.directoryDown = false;
    lifecycle.lookForStragglers();
    assertThat(house.status(stranger)).isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(house.status(here)).isEqualTo(new Good());
  }

  @Test
  void doesNothingToSomebodyOfWhomAReadingToldInBetween() {
    StoredCertificate certificate = house.stored(sample());
    SubjectLifecycle lifecycle = here("erika");
    ROOM.database()
        .execute(
            """
            insert into plan_item (directory, subject_id, tenant, kind, lost, cause, name, drastic,
              seen_at, state)
            values ('all', 'erika', ?, 'LEFT', '{}', 'no entry', 'Erika', true, ?, 'due')
            """,
            HASSFURT.value(),
            Timestamp.from(NOW));

    lifecycle.work();

    assertThat(house.status(certificate)).isEqualTo(new Good());
    assertThat(ROOM.database().texts("select state from plan_item")).containsExactly("done");
  }

  @Test
  void finishesAfterACrashWhatWasPlanned() {
    StoredCertificate certificate = house.stored(sample());
    ROOM.database()
        .execute(
            """
            insert into plan_item (directory, subject_id, tenant, kind, lost, cause, name, drastic,
              seen_at, state)
            values ('district', 'erika', ?, 'LEFT', '{}', 'entry deleted', 'Erika', true, ?, 'due')
            """,
            HASSFURT.value(),
            Timestamp.from(NOW));

    house.lifecycle(Brake.DEFAULT).work();

    assertThat(house.status(certificate)).isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(ROOM.database().texts("select coalesce(name, '-') from plan_item"))
        .containsExactly("-");
  }

  @Test
  void goesOnWithTheOthersWhereOneFails() {
    StoredCertificate certificate = house.stored(sample().subject("max"));
    SubjectLifecycle lifecycle = here("erika", "max");
    ROOM.database()
        .execute(
            """
            insert into plan_item (directory, subject_id, tenant, kind, lost, cause, name, drastic,
              seen_at, state)
            values ('district', 'erika', ?, 'JOINED', '{}', 'new', 'Erika', false, ?, 'due');
            insert into plan_effect (item, authority, serial, act, reason, ours, made_at)
            values (currval('plan_item_id_seq'), 'people', '0123', 'SUSPENDED', 'superseded', true, now());
            update plan_item set kind = 'LEFT', state = 'done', settled_at = now();
            insert into plan_item (directory, subject_id, tenant, kind, lost, cause, name, drastic,
              seen_at, state)
            values ('district', 'erika', ?, 'RETURNED', '{}', 'back', 'Erika', false, ?, 'due');
            """,
            HASSFURT.value(),
            Timestamp.from(NOW),
            HASSFURT.value(),
            Timestamp.from(NOW));

    lifecycle.take(DISTRICT, house.report(gone("max")));

    assertThat(house.status(certificate)).isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(ROOM.database().texts("select state from plan_item where kind = 'RETURNED'"))
        .containsExactly("due");
  }

  /** A house that knows these people, who are at work in Haßfurt. */
  private SubjectLifecycle here(String... people) {
    SubjectLifecycle lifecycle = house.lifecycle(Brake.DEFAULT);
    lifecycle.take(
        DISTRICT, house.report(List.of(people).stream().map(id -> seen(person(id))).toList()));
    return lifecycle;
  }

  /** A house that knows Erika, with a profile that reacts so. */
  private SubjectLifecycle with(String profile, String rule) throws Exception {
    SubjectLifecycle lifecycle = house.lifecycle(Brake.DEFAULT, profiles(folder, profile, rule));
    lifecycle.take(DISTRICT, house.report(seen(person("erika"))));
    return lifecycle;
  }

  private CertificateStatus revoked(RevocationReason reason) {
    return new CertificateStatus.Revoked(NOW, reason);
  }
}
