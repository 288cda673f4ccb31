package de.kreissiegel.ca.helpdesk;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.letter.LetterDesk;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpDeskTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final SubjectId ERIKA = new SubjectId("erika");
  private static final Actor.Person HELPER = Bookroom.staff("helper").helping(Set.of(HASSFURT));
  private static final Actor.Person OF_EBERN = Bookroom.staff("other").helping(Set.of(EBERN));

  private final SecureRandom random = new SecureRandom();
  private final Directory directory = new Directory();
  private final Books books = booksAt(Bookroom.CLOCK);
  private final RevocationDesk revocation =
      new RevocationDesk(books.ofRevocation(), new Ownership(directory), Bookroom.CLOCK);
  private final HelpDesk desk = deskAt(Bookroom.CLOCK);

  @BeforeEach
  void empty() {
    ROOM.clear();
    books.letters().open(true);
    directory.person("erika", "Dr. Erika Mustermann", HASSFURT);
    directory.person("anna", "Anna Ebern", EBERN);
  }

  private Books booksAt(Clock clock) {
    return Books.of(ROOM.database().source(), "node-1", clock, random);
  }

  private HelpDesk deskAt(Clock clock) {
    return new HelpDesk(
        books.ofHelpDesk(),
        directory,
        revocation,
        new LetterDesk(books.ofLetterDesk(), clock, random));
  }

  @ParameterizedTest
  @ValueSource(strings = {"erika", "Muster", " mustermann ", "erika@"})
  void findsPeopleByNameLoginMailOrId(String text) throws Refused {
    assertThat(desk.find(HELPER, text)).extracting(Subject::id).containsExactly(ERIKA);
    assertThat(ROOM.events().getFirst().action()).isEqualTo("person.read");
  }

  @Test
  void findsNobodyOfOtherTenants() throws Refused {
    assertThat(desk.find(HELPER, "anna")).isEmpty();
    refuses(RefusalReason.NOT_FOUND, () -> desk.file(HELPER, new SubjectId("anna")));
    refuses(RefusalReason.NOT_FOUND, () -> desk.file(OF_EBERN, ERIKA));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "e", "   "})
  void listsNotEverybody(String text) {
    refuses(RefusalReason.BAD_DATA_FORMAT, () -> desk.find(HELPER, text));
  }

  @Test
  void isOnlyForWhoHelpsAndProvedItWell() {
    for (Actor.Person other :
        new Actor.Person[] {
          Bookroom.officer(HASSFURT),
          Bookroom.auditor(HASSFURT),
          Bookroom.staff("max", HASSFURT),
          HELPER.provenBy(Proof.PASSWORD)
        }) {
      refuses(RefusalReason.NOT_AUTHORIZED, () -> desk.find(other, "erika"));
      refuses(RefusalReason.NOT_AUTHORIZED, () -> desk.file(other, ERIKA));
    }
  }

  @Test
  void showsHowItStandsWithAPersonAndNotesWhoLooked() throws Refused {
    StoredCertificate good = stored(sample());
    stored(sample().tenant(EBERN));
    stored(sample().subject("max"));
    revocation.revoke(Bookroom.officer(HASSFURT), PEOPLE, good.serial(), hold("left on a train"));

    PersonFile file = desk.file(HELPER, ERIKA);

    assertThat(file.certificates())
        .extracting(StoredCertificate::serial)
        .containsExactly(good.serial());
    assertThat(file.history()).extracting(AuditEvent::action).containsExactly("certificate.held");
    assertThat(file.code()).isEqualTo(new PersonFile.PhoneCodeState(Optional.empty(), false));
    assertThat(ROOM.events().getFirst().object()).isEqualTo("person:erika");
  }

  @Test
  void putsOnHoldWithAReason() throws Refused {
    StoredCertificate certificate = stored(sample());

    refuses(
        RefusalReason.REASON_MISSING,
        () -> desk.hold(HELPER, ERIKA, PEOPLE, certificate.serial(), " "));
    assertThat(desk.hold(HELPER, ERIKA, PEOPLE, certificate.serial(), "laptop gone").status())
        .isEqualTo(new CertificateStatus.OnHold(NOW));
    AuditEvent event = ROOM.events().getFirst();
    assertThat(event.action()).isEqualTo("certificate.held");
    assertThat(event.actor()).isEqualTo("person:helper");
    assertThat(event.detail()).contains("laptop gone");
  }

  @Test
  void holdsNothingOfOthersThroughSomebodysPage() {
    StoredCertificate ofMax = stored(sample().subject("max"));
    StoredCertificate ofEbern = stored(sample().tenant(EBERN));

    for (StoredCertificate one : new StoredCertificate[] {ofMax, ofEbern}) {
      refuses(
          RefusalReason.NOT_FOUND, () -> desk.hold(HELPER, ERIKA, PEOPLE, one.serial(), "gone"));
    }
    assertThat(ROOM.events()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = RevocationReason.class,
      names = {"KEY_COMPROMISE", "SUPERSEDED", "UNSPECIFIED", "PRIVILEGE_WITHDRAWN"})
  void revokesNothingWithoutACode(RevocationReason reason) {
    StoredCertificate certificate = stored(sample());

    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () -> revocation.revoke(HELPER, PEOPLE, certificate.serial(), Revocation.of(reason, "")));
    assertThat(ROOM.certificates().find(PEOPLE, certificate.serial())).contains(certificate);
  }

  @Test
  void releasesNothing() throws Refused {
    StoredCertificate certificate = stored(sample());
    desk.hold(HELPER, ERIKA, PEOPLE, certificate.serial(), "gone");

    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () -> revocation.release(HELPER, PEOPLE, certificate.serial(), "found"));
  }

  @Test
  void revokesForWhoCallsAndKnowsTheirCode() throws Refused {
    StoredCertificate certificate = stored(sample());
    var hotline = new Hotline(books.ofHotline(), directory, revocation, Bookroom.CLOCK, random);
    String code = hotline.make(Bookroom.staff("erika", HASSFURT)).inGroups();

    var caller = hotline.answer(HELPER, "erika", code);
    var revoked =
        hotline.revoke(
            HELPER,
            caller,
            PEOPLE,
            certificate.serial(),
            Revocation.of(RevocationReason.KEY_COMPROMISE, "stolen"));

    assertThat(revoked.status()).isInstanceOf(CertificateStatus.Revoked.class);
    assertThat(ROOM.events().getFirst().detail()).contains("by phone code of person:erika");
    assertThat(desk.file(HELPER, ERIKA).code().since()).contains(NOW);
    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () ->
            revocation.revokeByPhone(
                Bookroom.auditor(HASSFURT), PEOPLE, certificate.serial(), hold("")));
  }

  @Test
  void sendsALetterAgainToTheAddressOfToday() throws Refused {
    long letter = written(LetterKind.READY, HASSFURT, "certificate:people/0a", "old@example.org");

    Letter sent = desk.sendAgain(HELPER, ERIKA, letter);

    assertThat(sent.address()).isEqualTo("erika@stadt-hassfurt.example");
    assertThat(desk.file(HELPER, ERIKA).letters())
        .extracting(LetterBook.Sent::state)
        .containsExactly(LetterBook.State.WAITING, LetterBook.State.SENT);
    AuditEvent event =
        ROOM.events().stream()
            .filter(one -> one.action().equals("letter.sent-again"))
            .findFirst()
            .orElseThrow();
    assertThat(event.actor()).isEqualTo("person:helper");
    assertThat(event.detail()).isEqualTo("kind=ready to=person:erika");
  }

  @Test
  void sendsNoneTwiceWithinTenMinutesAndNoneThatStillWaits() throws Refused {
    long letter = written(LetterKind.READY, HASSFURT, "certificate:people/0a", "a@example.org");
    desk.sendAgain(HELPER, ERIKA, letter);
    long copy = desk.file(HELPER, ERIKA).letters().getFirst().id();

    refuses(RefusalReason.WRONG_STATE, () -> desk.sendAgain(HELPER, ERIKA, letter));
    refuses(RefusalReason.WRONG_STATE, () -> desk.sendAgain(HELPER, ERIKA, copy));
    deskAt(Clock.fixed(NOW.plus(Duration.ofMinutes(10)), ZoneOffset.UTC))
        .sendAgain(HELPER, ERIKA, letter);
  }

  @Test
  void seesNoLettersToOfficesToOtherTenantsOrToWhoBearsAPseudonym() throws Refused {
    long[] hidden = {
      written(LetterKind.WAITING, HASSFURT, "request:1", "a@example.org"),
      written(LetterKind.READY, EBERN, "certificate:people/0b", "a@example.org"),
      written(LetterKind.READY, HASSFURT, "pseudonym", "a@example.org")
    };

    assertThat(desk.file(HELPER, ERIKA).letters()).isEmpty();
    for (long letter : hidden) {
      refuses(RefusalReason.NOT_FOUND, () -> desk.sendAgain(HELPER, ERIKA, letter));
    }
  }

  /** However many came since that they don't see. */
  @Test
  void seesTheNewestOfThoseThatTheyMaySee() throws Refused {
    long ready = written(LetterKind.READY, HASSFURT, "certificate:people/0a", "a@example.org");
    for (int i = 0; i < 60; i++) {
      written(LetterKind.WAITING, HASSFURT, "request:" + i, "a@example.org");
    }

    assertThat(desk.file(HELPER, ERIKA).letters())
        .extracting(LetterBook.Sent::id)
        .containsExactly(ready);
  }

  /** By whatever door: REST asks the same desk. */
  @Test
  void holdsNothingWithoutSayingWhy() throws Refused {
    StoredCertificate certificate = stored(sample());

    refuses(
        RefusalReason.REASON_MISSING,
        () -> revocation.revoke(HELPER, PEOPLE, certificate.serial(), hold(" ")));
    refuses(
        RefusalReason.REASON_MISSING,
        () -> desk.hold(HELPER, ERIKA, PEOPLE, certificate.serial(), " "));
    assertThat(ROOM.certificates().find(PEOPLE, certificate.serial())).contains(certificate);
    revocation.revoke(HELPER, PEOPLE, certificate.serial(), hold("Laptop weg"));
  }

  @Test
  void concludesNothingWhileTheDirectoryIsAway() {
    directory.goAway();

    refuses(RefusalReason.DIRECTORY_UNAVAILABLE, () -> desk.find(HELPER, "erika"));
    refuses(RefusalReason.DIRECTORY_UNAVAILABLE, () -> desk.file(HELPER, ERIKA));
  }

  /** A letter to Erika that was sent. */
  private long written(LetterKind kind, TenantId tenant, String about, String address) {
    String key = kind + "/" + about;
    var letter =
        new Letter(
            key,
            kind,
            Optional.of(tenant),
            about,
            Optional.of(ERIKA),
            address,
            Map.of("profiles", "vpn-client"),
            Integer.toHexString(key.hashCode()),
            NOW.minusSeconds(60));
    books
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> books.letters().write(transaction, letter));
    long id = ROOM.database().number("select id from letter where key = ?", key);
    books.letters().sent(id, NOW);
    return id;
  }

  private static Revocation hold(String note) {
    return Revocation.of(RevocationReason.CERTIFICATE_HOLD, note);
  }

  private StoredCertificate stored(SampleCertificate sample) {
    return sample.storedIn(ROOM.database().database(), ROOM.certificates());
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(call)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
