package de.kreissiegel.ca.hotline;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.PEOPLE;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditEvent;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.x509.RevocationReason;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotlineTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor.Person DESK = Bookroom.officer(HASSFURT);
  private static final Actor.Person FOREIGN_DESK = Bookroom.officer(EBERN);
  private static final Actor.Person AUDITOR = Bookroom.auditor(HASSFURT);
  private static final Revocation HOLD =
      Revocation.of(RevocationReason.CERTIFICATE_HOLD, "left on a train");

  private final SecureRandom random = new SecureRandom();
  private final People people = new People();
  private final Actor.Person erika = people.add("erika", "Erika", "Mustermann", HASSFURT);
  private final Actor.Person max = people.add("max", "Max", "Muster", HASSFURT);
  private final Actor.Person anna = people.add("anna", "Anna", "Ebern", EBERN);
  private final Hotline hotline = at(Bookroom.CLOCK);

  @BeforeEach
  void empty() {
    ROOM.clear();
  }

  private Hotline at(Clock clock) {
    return new Hotline(
        Books.of(ROOM.database().source(), "node-1", clock, random).ofHotline(),
        people,
        ROOM.revocationDesk(),
        clock,
        random);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "erika",
        " ERIKA ",
        "Dr. Erika Mustermann",
        "erika mustermann",
        "Erika Mustermann"
      })
  void knowsTheCallerByLoginOrNameAndCode(String said) throws Refused {
    String code = hotline.make(erika).inGroups();

    assertThat(hotline.answer(DESK, said, code).name()).isEqualTo("Dr. Erika Mustermann");
  }

  @Test
  void putsACertificateOnHoldForWhoCalls() throws Refused {
    StoredCertificate certificate = stored(sample());
    Caller caller = hotline.answer(DESK, "erika", hotline.make(erika).inGroups());

    assertThat(hotline.certificates(DESK, caller)).containsExactly(certificate);
    assertThat(hotline.revoke(DESK, caller, PEOPLE, certificate.serial(), HOLD).status())
        .isEqualTo(new CertificateStatus.OnHold(NOW));

    AuditEvent event = ROOM.events().getFirst();
    assertThat(event.action()).isEqualTo("certificate.held");
    assertThat(event.actor()).isEqualTo(DESK.auditName());
    assertThat(event.detail()).contains("by phone code of person:erika; left on a train");
  }

  @Test
  void theHoldCanBeReleasedByAnOfficer() throws Refused {
    StoredCertificate certificate = stored(sample());
    Caller caller = hotline.answer(DESK, "erika", hotline.make(erika).inGroups());
    hotline.revoke(DESK, caller, PEOPLE, certificate.serial(), HOLD);

    assertThat(ROOM.revocationDesk().release(DESK, PEOPLE, certificate.serial(), "found").status())
        .isEqualTo(new CertificateStatus.Good());
  }

  @Test
  void revokesForGoodWhereTheKeyIsInOthersHands() throws Refused {
    StoredCertificate certificate = stored(sample());
    Caller caller = hotline.answer(DESK, "erika", hotline.make(erika).inGroups());

    assertThat(
            hotline
                .revoke(
                    DESK,
                    caller,
                    PEOPLE,
                    certificate.serial(),
                    Revocation.of(RevocationReason.KEY_COMPROMISE, ""))
                .status())
        .isEqualTo(new CertificateStatus.Revoked(NOW, RevocationReason.KEY_COMPROMISE));
    assertThat(hotline.certificates(DESK, caller)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = RevocationReason.class,
      names = {"CERTIFICATE_HOLD", "KEY_COMPROMISE"},
      mode = EnumSource.Mode.EXCLUDE)
  void takesNoOtherReason(RevocationReason reason) throws Refused {
    StoredCertificate certificate = stored(sample());
    Caller caller = hotline.answer(DESK, "erika", hotline.make(erika).inGroups());

    refuses(
        RefusalReason.BAD_DATA_FORMAT,
        () ->
            hotline.revoke(DESK, caller, PEOPLE, certificate.serial(), Revocation.of(reason, "")));
    untouched(certificate);
  }

  @Test
  void showsWhatIsGoodOrOnHoldAndOfTheCallerAlone() throws Refused {
    StoredCertificate good = stored(sample());
    StoredCertificate held = stored(sample().status(new CertificateStatus.OnHold(NOW)));
    stored(sample().status(new CertificateStatus.Revoked(NOW, RevocationReason.SUPERSEDED)));
    stored(sample().valid(NOW.minusSeconds(60), NOW.minusSeconds(1)));
    StoredCertificate ofEbern = stored(sample().tenant(EBERN));
    StoredCertificate ofMax = stored(sample().subject("max"));
    Caller caller = hotline.answer(DESK, "erika", hotline.make(erika).inGroups());

    assertThat(hotline.certificates(DESK, caller)).containsExactlyInAnyOrder(good, held);
    for (StoredCertificate other : new StoredCertificate[] {ofEbern, ofMax}) {
      refuses(
          RefusalReason.NOT_FOUND,
          () -> hotline.revoke(DESK, caller, PEOPLE, other.serial(), HOLD));
      untouched(other);
    }
  }

  @Test
  void showsAndHoldsWhatTheCallerAnswersFor() throws Refused {
    people.giveCare(erika, "mailbox");
    StoredCertificate ofMailbox = stored(sample().subject("mailbox"));
    Caller caller = hotline.answer(DESK, "erika", hotline.make(erika).inGroups());

    assertThat(hotline.certificates(DESK, caller)).containsExactly(ofMailbox);
    assertThat(hotline.revoke(DESK, caller, PEOPLE, ofMailbox.serial(), HOLD).status())
        .isEqualTo(new CertificateStatus.OnHold(NOW));
  }

  @Test
  void givesOneAnswerToWhoeverIsNotProven() throws Refused {
    String code = hotline.make(erika).inGroups();
    String other = PhoneCode.random(random).inGroups();
    String ofAnna = hotline.make(anna).inGroups();
    people.add("erika2", "Erika", "Doppelt", HASSFURT);
    people.add("erika3", "Erika", "Doppelt", HASSFURT);

    Refused wrong = refused(() -> hotline.answer(DESK, "erika", other));
    for (ThrowingCallable attempt :
        new ThrowingCallable[] {
          () -> hotline.answer(DESK, "nobody", code),
          () -> hotline.answer(DESK, "", code),
          () -> hotline.answer(DESK, "e".repeat(201), code),
          () -> hotline.answer(DESK, "erik", code), // a part of a login
          () -> hotline.answer(DESK, "max", code), // who has no code
          () -> hotline.answer(DESK, "Erika Doppelt", code), // two of them
          () -> hotline.answer(DESK, "anna", ofAnna), // of another tenant
          () -> hotline.answer(FOREIGN_DESK, "erika", code)
        }) {
      assertThat(refused(attempt).refusal()).isEqualTo(wrong.refusal());
    }
    assertThat(wrong.reason()).isEqualTo(RefusalReason.CALLER_NOT_PROVEN);
  }

  @Test
  void locksTheCodeAfterFiveWrongOnesUntilANewOneIsMade() throws Refused {
    String code = hotline.make(erika).inGroups();
    fail(4);
    hotline.answer(DESK, "erika", code);
    fail(1);

    refuses(RefusalReason.CALLER_NOT_PROVEN, () -> hotline.answer(DESK, "erika", code));
    assertThat(hotline.standing(erika)).get().matches(StoredCode::isLocked);

    String fresh = hotline.make(erika).inGroups();
    assertThat(hotline.standing(erika)).get().matches(one -> !one.isLocked());
    hotline.answer(DESK, "erika", fresh);
    refuses(RefusalReason.CALLER_NOT_PROVEN, () -> hotline.answer(DESK, "erika", code));
  }

  @Test
  void countsAllWhoTryAtTheSameTime() throws Exception {
    String code = hotline.make(erika).inGroups();
    try (var threads = Executors.newFixedThreadPool(4)) {
      threads.invokeAll(
          IntStream.range(0, 8)
              .<java.util.concurrent.Callable<Boolean>>mapToObj(
                  _ ->
                      () -> {
                        fail(1);
                        return true;
                      })
              .toList());
    }

    assertThat(ROOM.database().number("select failures from phone_code")).isEqualTo(5);
    refuses(RefusalReason.CALLER_NOT_PROVEN, () -> hotline.answer(DESK, "erika", code));
  }

  @Test
  void aForeignDeskCannotLockACode() throws Refused {
    String code = hotline.make(erika).inGroups();
    for (int i = 0; i < 6; i++) {
      String other = PhoneCode.random(random).inGroups();
      refuses(RefusalReason.CALLER_NOT_PROVEN, () -> hotline.answer(FOREIGN_DESK, "erika", other));
    }

    hotline.answer(DESK, "erika", code);
  }

  @Test
  void aMistypedCodeDoesNotCount() throws Refused {
    String code = hotline.make(erika).inGroups();
    for (int i = 0; i < 6; i++) {
      refuses(
          RefusalReason.BAD_DATA_FORMAT,
          () -> hotline.answer(DESK, "erika", "2222 2222 2222 2223"));
    }

    hotline.answer(DESK, "erika", code);
  }

  @Test
  void onlyOfficersAnswer() {
    String code = hotline.make(erika).inGroups();

    refuses(RefusalReason.NOT_AUTHORIZED, () -> hotline.answer(AUDITOR, "erika", code));
    refuses(RefusalReason.NOT_AUTHORIZED, () -> hotline.answer(max, "erika", code));
  }

  @Test
  void aCallIsOverAfterAQuarterOfAnHourAndNobodyElses() throws Refused {
    StoredCertificate certificate = stored(sample());
    Caller caller = hotline.answer(DESK, "erika", hotline.make(erika).inGroups());
    var another =
        new Actor.Person(
            max.id(),
            "Max",
            "max",
            max.tenants(),
            max.tenants(),
            Set.of(),
            max.auditorFor(),
            Proof.CERTIFICATE);
    Hotline later =
        at(Clock.fixed(NOW.plus(Duration.ofMinutes(15)).plusSeconds(1), ZoneOffset.UTC));

    refuses(RefusalReason.CALLER_NOT_PROVEN, () -> hotline.certificates(another, caller));
    refuses(RefusalReason.CALLER_NOT_PROVEN, () -> later.certificates(DESK, caller));
    refuses(
        RefusalReason.CALLER_NOT_PROVEN,
        () -> later.revoke(DESK, caller, PEOPLE, certificate.serial(), HOLD));
    untouched(certificate);
  }

  @Test
  void eachAttemptIsAnEventAndNoEventHoldsACode() throws Refused {
    String code = hotline.make(erika).inGroups();
    String other = PhoneCode.random(random).inGroups();
    refused(() -> hotline.answer(DESK, "erika", other));
    refused(() -> hotline.answer(DESK, "max", other));
    refused(() -> hotline.answer(DESK, code, other)); // typed into the wrong field
    refused(() -> hotline.answer(DESK, "erika", "2222"));
    hotline.answer(DESK, "erika", code);

    assertThat(ROOM.events().reversed())
        .extracting(AuditEvent::action, AuditEvent::object, AuditEvent::detail)
        .containsExactly(
            tuple("phone-code.made", "person:erika", ""),
            tuple("phone-code.refused", "person:erika", "wrong code, 1 of 5"),
            tuple("phone-code.refused", "person:max", "has no code"),
            tuple("phone-code.refused", "phone-code", "nobody found, or several"),
            tuple(
                "phone-code.refused", "phone-code", "mistyped or misheard, not a code of anybody"),
            tuple("phone-code.accepted", "person:erika", ""));
  }

  @Test
  void theDatabaseHoldsNoCode() {
    String code = hotline.make(erika).inGroups().replace(" ", "");

    assertThat(ROOM.database().texts("select phone_code::text from phone_code").getFirst())
        .doesNotContain(code);
  }

  @Test
  void saysThatTheDirectoryIsAway() {
    String code = hotline.make(erika).inGroups();
    people.goDown();

    refuses(RefusalReason.DIRECTORY_UNAVAILABLE, () -> hotline.answer(DESK, "erika", code));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      String other = PhoneCode.random(random).inGroups();
      refuses(RefusalReason.CALLER_NOT_PROVEN, () -> hotline.answer(DESK, "erika", other));
    }
  }

  private static Refused refused(ThrowingCallable call) {
    return catchThrowableOfType(Refused.class, call);
  }

  private static void refuses(RefusalReason reason, ThrowingCallable call) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(call)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private static void untouched(StoredCertificate certificate) {
    assertThat(ROOM.certificates().find(certificate.authority(), certificate.serial()))
        .contains(certificate);
  }

  private static StoredCertificate stored(SampleCertificate certificate) {
    return certificate.storedIn(ROOM.database().database(), ROOM.certificates());
  }
}
