package de.kreissiegel.ca.letter;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.grant.Grant;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.lifecycle.Occasion;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.Patience;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.RosterEntry;
import de.kreissiegel.ca.roster.Standing;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.x509.RevocationReason;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What people hear of, from the application to the revocation. */
class CorrespondenceTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final LetterSettings SETTINGS =
      new LetterSettings(
          List.of(45, 14, 3),
          BERLIN,
          "betrieb@kreis.example",
          Duration.ofDays(3),
          Duration.ofDays(90));

  @TempDir Path folder;
  private House house;
  private Books books;
  private final FakeCourier courier = new FakeCourier();
  private Correspondence correspondence;

  @BeforeEach
  void open() throws Exception {
    house = new House(DATABASE, null, House.withoutOfficers(folder), new MovableClock());
    books = Books.of(DATABASE.source(), "mail", house.clock, new SecureRandom());
    correspondence =
        new Correspondence(
            books.ofCorrespondence(),
            house.directory,
            house.profiles,
            SETTINGS,
            courier,
            house.clock,
            new SecureRandom());
    correspondence.open();
  }

  @Test
  void tellsTheApplicantThatTheCertificateIsReady() throws Exception {
    house.approved(house.anna, House.VPN);

    Letter ready = theOnly(LetterKind.READY);
    assertThat(ready.address()).isEqualTo("anna.amsel@stadt-a.example");
    assertThat(ready.said())
        .containsEntry("profiles", "vpn-client")
        .containsEntry("holder", "Anna Amsel")
        .containsKey("request");
    assertThat(ready.token()).matches("[0-9a-f]{32}");
  }

  @Test
  void tellsWhyAnApplicationWasRefused() throws Exception {
    CertificateRequest request =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    house.desk.refuse(House.officer(house.otto, House.TOWN), request.id(), "Bitte am neuen Gerät");

    assertThat(theOnly(LetterKind.REFUSED).said())
        .containsEntry("reason", "Bitte am neuen Gerät")
        .containsEntry("actor-name", "Otto Officer");
  }

  @Test
  void tellsWhoeverRunsTheHouseOfAnApplicationForWhichThereIsNoOfficer() throws Exception {
    house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));

    assertThat(theOnly(LetterKind.WAITING).address()).isEqualTo("betrieb@kreis.example");
  }

  @Test
  void saysNothingOfAnApplicationThatWasDecidedBeforeAnybodyCouldBeTold() throws Exception {
    house.approved(house.anna, House.VPN);

    assertThat(sent()).extracting(Letter::kind).doesNotContain(LetterKind.WAITING);
  }

  @Test
  void asksTheApplicantAndTellsTheOfficersOfTheAnswer() throws Exception {
    CertificateRequest request =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    house.desk.ask(House.officer(house.otto, House.TOWN), request.id(), "Für welches Gerät?");

    Letter asked = theOnly(LetterKind.ASKED);
    assertThat(asked.address()).isEqualTo("anna.amsel@stadt-a.example");
    assertThat(asked.said())
        .containsEntry("reason", "Für welches Gerät?")
        .containsEntry("actor-name", "Otto Officer")
        .containsEntry("request", request.id().toString());

    house.desk.answer(House.staff(house.anna), request.id(), "Notebook");
    assertThat(theOnly(LetterKind.ANSWERED).address()).isEqualTo("betrieb@kreis.example");
  }

  @Test
  void asksNobodyWhoHasAnsweredBeforeTheLetterWasWritten() throws Exception {
    CertificateRequest request =
        house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    house.desk.ask(House.officer(house.otto, House.TOWN), request.id(), "Wozu?");
    house.desk.answer(House.staff(house.anna), request.id(), "Homeoffice");

    assertThat(sent()).extracting(Letter::kind).doesNotContain(LetterKind.ASKED);
  }

  @Test
  void tellsWhoStandsInOfTheGrantAndThenOfApplications() throws Exception {
    var vera = House.person("Vera Nachbarin", House.VILLAGE, "vera@gemeinde-b.example");
    house.directory.put(vera);
    var now = house.clock.instant();
    DATABASE
        .database()
        .inTransaction(
            transaction -> {
              var said = new Grant.Said(house.otto.id(), "Otto Officer", now);
              var grant =
                  new Grant.InForce(
                      new Grant.Terms(
                          new GrantId(UUID.randomUUID()),
                          Grant.Right.STAND_IN,
                          vera.id(),
                          vera.commonName(),
                          House.TOWN,
                          true,
                          "Elternzeit",
                          now.minusSeconds(1),
                          now.plus(Duration.ofDays(9)),
                          said),
                      Optional.of(new Grant.Said(house.olga.id(), "Olga Officer", now)));
              books.grants().insert(transaction, grant);
              books.grants().change(transaction, grant);
              books
                  .audit()
                  .append(
                      transaction,
                      House.officer(house.olga, House.TOWN),
                      "grant.given",
                      Optional.of(House.TOWN),
                      "grant:" + grant.id(),
                      "");
              return true;
            });

    Letter given = theOnly(LetterKind.GRANT);
    assertThat(given.address()).isEqualTo("vera@gemeinde-b.example");
    assertThat(given.said()).containsEntry("reason", "Elternzeit");
    house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    assertThat(theOnly(LetterKind.WAITING).address()).isEqualTo("vera@gemeinde-b.example");
  }

  @Test
  void tellsRevisorsAndWhoeverRunsTheHouseOfAReviewThatIsOverdue() throws Exception {
    house.directory.revise(house.olga);
    DATABASE
        .database()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              books
                  .audit()
                  .append(
                      transaction,
                      new Actor.Component("revision"),
                      "revision.overdue",
                      Optional.empty(),
                      "revision-period:2026-01-01/2026-06-30",
                      "until=2026-08-11T22:00:00Z missing=2: house stadt-a.example");
              return true;
            });

    assertThat(sent())
        .allSatisfy(
            letter -> {
              assertThat(letter.kind()).isEqualTo(LetterKind.REVISION_OVERDUE);
              assertThat(letter.said())
                  .containsEntry("reason", "2026-01-01 – 2026-06-30")
                  .containsEntry("until", "2026-08-11T22:00:00Z")
                  .containsEntry("applicant-name", "house stadt-a.example");
            })
        .extracting(Letter::address)
        .containsExactlyInAnyOrder("olga.officer@stadt-a.example", "betrieb@kreis.example");
  }

  @Test
  void escalatesAnApplicationThatWaitsForTooLongAndOnlyOnce() throws Exception {
    house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    sent();
    house.clock.pass(Duration.ofDays(1));
    house.desk.passOnOld(house.clock.instant(), new Patience(2, BERLIN));
    assertThat(sent()).extracting(Letter::kind).containsExactly(LetterKind.WAITING);

    house.clock.pass(Duration.ofDays(7));
    house.desk.passOnOld(house.clock.instant(), new Patience(2, BERLIN));
    house.desk.passOnOld(house.clock.instant(), new Patience(2, BERLIN));

    assertThat(sent())
        .extracting(Letter::kind)
        .containsExactly(LetterKind.WAITING, LetterKind.OVERDUE);
  }

  @Test
  void tellsTheHolderOfARevocationAndOfAHold() throws Exception {
    StoredCertificate certificate = house.certificateOf(house.approved(house.anna, House.VPN));
    revoke(certificate, RevocationReason.CERTIFICATE_HOLD);
    revoke(certificate, RevocationReason.KEY_COMPROMISE);

    assertThat(sent())
        .extracting(Letter::kind)
        .containsExactly(LetterKind.READY, LetterKind.HELD, LetterKind.REVOKED);
    assertThat(courier.delivered.getLast().said())
        .containsEntry("reason", "KEY_COMPROMISE")
        .containsEntry("actor-name", "Otto Officer");
  }

  @Test
  void writesToWhoAnswersForAFunctionsMailbox() throws Exception {
    Subject mailbox = mailbox(house.anna.id());
    house.directory.put(mailbox);
    CertificateRequest request =
        house.desk.submit(
            House.staff(house.anna),
            House.application(mailbox, new ProfileName("function-mailbox")));
    StoredCertificate certificate =
        house.certificateOf(house.approve(House.officer(house.otto, House.TOWN), request.id()));
    sent();

    revoke(certificate, RevocationReason.SUPERSEDED);

    assertThat(sent().getLast().kind()).isEqualTo(LetterKind.REVOKED);
    assertThat(courier.addresses()).doesNotContain("poststelle@stadt-a.example");
    assertThat(courier.delivered.getLast().address()).isEqualTo("anna.amsel@stadt-a.example");
  }

  @Test
  void writesToNobodyWhoHasLeft() throws Exception {
    StoredCertificate certificate = house.certificateOf(house.approved(house.anna, House.VPN));
    sent();
    house.directory.remove(house.anna);
    revoke(certificate, RevocationReason.AFFILIATION_CHANGED);

    assertThat(sent()).extracting(Letter::kind).containsExactly(LetterKind.READY);
  }

  @Test
  void waitsForADirectoryThatIsOut() throws Exception {
    house.approved(house.anna, House.VPN);
    house.directory.down = true;
    assertThat(sent()).isEmpty();
    assertThat(books.letters().standing().cues())
        .as("what was decided meanwhile is nobody's news")
        .isOne();

    house.directory.down = false;
    house.clock.pass(Duration.ofMinutes(1));
    assertThat(sent()).extracting(Letter::kind).containsExactly(LetterKind.READY);
  }

  @Test
  void remindsUntilTheSuccessorIsThereAndTheOldOneStaysGood() throws Exception {
    StoredCertificate old = house.certificateOf(house.approved(house.anna, House.VPN));
    correspondence.look();
    house.clock.pass(Duration.ofDays(365 - 44));
    correspondence.look();
    assertThat(sent())
        .extracting(Letter::kind)
        .containsExactly(LetterKind.READY, LetterKind.REMINDER);
    assertThat(courier.delivered.getLast().said()).containsEntry("days", "45");

    CertificateRequest renewal = renewal(house.anna, old);
    house.clock.pass(Duration.ofDays(35));
    correspondence.look();
    house.desk.passOnOld(house.clock.instant(), new Patience(3, BERLIN));
    assertThat(sent())
        .as("asked for: the officers hear, and the holder isn't reminded")
        .extracting(Letter::kind)
        .containsExactly(
            LetterKind.READY, LetterKind.REMINDER, LetterKind.WAITING, LetterKind.OVERDUE);
    house.approve(House.officer(house.otto, House.TOWN), renewal.id());
    house.clock.pass(Duration.ofDays(8));
    correspondence.look();

    assertThat(sent())
        .extracting(Letter::kind)
        .containsExactly(
            LetterKind.READY,
            LetterKind.REMINDER,
            LetterKind.WAITING,
            LetterKind.OVERDUE,
            LetterKind.READY);
    assertThat(house.certificates.find(old.authority(), old.serial()).orElseThrow().status())
        .isEqualTo(old.status());
    assertThat(renewal.content().renews())
        .hasValueSatisfying(it -> assertThat(it.serial()).isEqualTo(old.serial()));
  }

  @Test
  void dropsAReminderThatWaitedUntilTheCertificateWasRevoked() throws Exception {
    StoredCertificate old = house.certificateOf(house.approved(house.anna, House.VPN));
    sent();
    house.clock.pass(Duration.ofDays(365 - 44));
    correspondence.look();
    courier.away = true;
    sent();
    revoke(old, RevocationReason.SUPERSEDED);
    courier.away = false;
    house.clock.pass(Duration.ofMinutes(1));

    assertThat(sent())
        .extracting(Letter::kind)
        .containsExactly(LetterKind.READY, LetterKind.REVOKED);
  }

  @Test
  void keepsNothingWhereNobodySendsLetters() throws Exception {
    books.letters().open(false);
    house.approved(house.anna, House.VPN);

    assertThat(sent()).isEmpty();
    assertThat(books.letters().standing())
        .isEqualTo(new LetterBook.Standing(false, 0, 0, Optional.empty(), 0, 0));
  }

  @Test
  void notesWhichLetterCameBackAndSaysItOnce() throws Exception {
    house.approved(house.anna, House.VPN);
    Letter ready = theOnly(LetterKind.READY);

    assertThat(correspondence.bounced(ready.token(), "550 5.1.1 no such user")).isTrue();
    assertThat(correspondence.bounced(ready.token(), "550 5.1.1 no such user")).isFalse();
    assertThat(correspondence.bounced("0".repeat(32), "550")).isFalse();

    assertThat(books.letters().troublesAbout(ready.about()))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.bounced()).isTrue();
              assertThat(entry.error()).isEqualTo("550 5.1.1 no such user");
            });
  }

  @Test
  void asksWhoIsNewTwiceToApplyAndThenTellsTheirOfficers() {
    expected();
    assertThat(theOnly(LetterKind.EXPECTED).said())
        .containsEntry("profiles", "vpn-client")
        .containsEntry("holder", "Anna Amsel");

    for (int day = 0; day < 30; day++) {
      house.clock.pass(Duration.ofDays(1));
      correspondence.look();
    }

    assertThat(sent())
        .extracting(Letter::kind)
        .containsExactly(LetterKind.EXPECTED, LetterKind.EXPECTED, LetterKind.MISSING);
    assertThat(courier.delivered.get(1).address()).isEqualTo("anna.amsel@stadt-a.example");
    assertThat(courier.delivered.getLast().address()).isEqualTo("betrieb@kreis.example");
  }

  /** As after a list: the officers get one letter, however many didn't apply. */
  @Test
  void tellsTheOfficersOnceOfAllWhoDidNotApply() {
    expected(house.anna);
    expected(house.olga);
    for (int day = 0; day < 30; day++) {
      house.clock.pass(Duration.ofDays(1));
      correspondence.look();
    }

    assertThat(sent().stream().filter(one -> one.kind() == LetterKind.MISSING))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.said())
                    .containsEntry("people", "2")
                    .containsEntry("profiles", "vpn-client")
                    .hasEntrySatisfying(
                        "names",
                        names ->
                            assertThat(names).isEqualTo("Anna Amsel, " + house.olga.commonName())));
  }

  @Test
  void asksNobodyAgainWhoIsAway() {
    expected();
    sent();
    atWork(Standing.AWAY);
    house.clock.pass(Duration.ofDays(8));
    correspondence.look();

    assertThat(sent()).extracting(Letter::kind).containsExactly(LetterKind.EXPECTED);
  }

  @Test
  void asksNobodyAgainWhoHasApplied() throws Exception {
    expected();
    sent();
    house.clock.pass(Duration.ofHours(1));
    house.desk.submit(House.staff(house.anna), House.application(house.anna, House.VPN));
    house.clock.pass(Duration.ofDays(8));
    correspondence.look();

    assertThat(sent())
        .extracting(Letter::kind)
        .containsOnlyOnce(LetterKind.EXPECTED)
        .doesNotContain(LetterKind.MISSING);
  }

  @Test
  void warnsTheHolderOfACertificateThatIsNotUsed() throws Exception {
    StoredCertificate certificate = house.certificateOf(house.approved(house.anna, House.VPN));
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books
                  .audit()
                  .append(
                      transaction,
                      Actor.Component.DISUSE,
                      "certificate.unused",
                      certificate.tenant(),
                      certificate.auditName(),
                      "");
              return true;
            });

    Letter warning = theOnly(LetterKind.UNUSED);
    assertThat(warning.address()).isEqualTo("anna.amsel@stadt-a.example");
    assertThat(warning.said())
        .containsEntry("certificate", certificate.authority() + "/" + certificate.serial());
  }

  /** As the directory's rule notes it. */
  private void expected() {
    expected(house.anna);
  }

  private void expected(Subject who) {
    atWork(who, Standing.WORKING);
    var occasion =
        new Occasion(
            who.id(), House.TOWN, House.VPN, Change.Kind.JOINED, house.clock.instant(), true);
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books.ofLifecycle().effects().note(transaction, occasion);
              books
                  .audit()
                  .append(
                      transaction,
                      Actor.Component.DIRECTORY,
                      "application.expected",
                      Optional.of(House.TOWN),
                      occasion.auditName(),
                      "");
              return true;
            });
  }

  private void atWork(Standing standing) {
    atWork(house.anna, standing);
  }

  private void atWork(Subject who, Standing standing) {
    var entry =
        new RosterEntry(
            who.id(),
            new DirectoryName("district"),
            SubjectKind.PERSON,
            House.TOWN,
            Set.of(House.TOWN),
            List.of(who.commonName(), "", "", ""),
            List.of("", ""),
            standing,
            Set.of());
    books
        .transactions()
        .inTransaction(
            transaction -> {
              books.ofLifecycle().roster().put(transaction, List.of(entry));
              return true;
            });
  }

  private CertificateRequest renewal(Subject subject, StoredCertificate old) throws Exception {
    var application = House.application(subject, old.profile());
    return house.desk.submit(
        House.staff(subject), application.renewing(new Predecessor(old.authority(), old.serial())));
  }

  private void revoke(StoredCertificate certificate, RevocationReason reason) throws Exception {
    new RevocationDesk(books.ofRevocation(), new Ownership(house.directory), house.clock)
        .revoke(
            House.officer(house.otto, House.TOWN),
            certificate.authority(),
            certificate.serial(),
            Revocation.of(reason, ""));
    // Cues are told apart by their time.
    house.clock.pass(Duration.ofSeconds(1));
  }

  private List<Letter> sent() {
    correspondence.address();
    correspondence.send();
    return courier.delivered;
  }

  private Letter theOnly(LetterKind kind) {
    List<Letter> them = sent().stream().filter(letter -> letter.kind() == kind).toList();
    assertThat(them).hasSize(1);
    return them.getFirst();
  }

  private static Subject mailbox(SubjectId responsible) {
    return new Subject(
        new SubjectId(UUID.randomUUID().toString()),
        SubjectKind.FUNCTION,
        House.TOWN,
        Set.of(House.TOWN),
        "GRP: Poststelle",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("poststelle@stadt-a.example"),
        Optional.empty(),
        Optional.empty(),
        true,
        "cn=Poststelle",
        Set.of(responsible));
  }
}
