package de.kreissiegel.ca.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When passkeys come and go. */
class PasskeysTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final MovableClock clock = new MovableClock();
  private final Actor.Person anna =
      new Actor.Person(
          new SubjectId("anna"),
          "Anna",
          "anna",
          Set.of(House.TOWN),
          Set.of(),
          Set.of(),
          Set.of(),
          Proof.CERTIFICATE);
  private Actor.Person holder = anna;
  private final StaffLogin staff =
      new StaffLogin() {
        @Override
        public Optional<Actor.Person> logIn(String login, String password) {
          return Optional.empty();
        }

        @Override
        public Optional<Actor.Person> named(String login) {
          return Optional.empty();
        }

        @Override
        public Optional<Actor.Person> current(SubjectId person) {
          return Optional.of(holder).filter(one -> one.id().equals(person));
        }
      };
  private Passkeys passkeys;

  @BeforeEach
  void opens() {
    DATABASE.clear();
    Books books = Books.of(DATABASE.source(), "test", clock, new SecureRandom());
    passkeys =
        new Passkeys(
            books.ofPasskeys(),
            staff,
            new LoginTrail(books.audit(), books.transactions(), clock),
            false,
            clock);
  }

  @Test
  void comeAndGoWithAFreshLogInAlone() throws Exception {
    Instant now = clock.instant();
    refused(() -> passkeys.add(anna, now.minus(FreshProof.LASTS), passkey(1)));
    assertThat(passkeys.of(anna)).isEmpty();
    passkeys.add(anna, now.minus(FreshProof.LASTS).plusMillis(1), passkey(1));
    refused(() -> passkeys.remove(anna, now.minus(FreshProof.LASTS), id(1)));
    assertThat(passkeys.of(anna)).hasSize(1);
    passkeys.remove(anna, now, id(1));
    assertThat(passkeys.of(anna)).isEmpty();
  }

  @Test
  void areForgottenByTheHelpDeskOfWhoLostThem() throws Exception {
    passkeys.add(anna, clock.instant(), passkey(1));
    Actor.Person helper = helper(House.TOWN);
    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () -> passkeys.removeLost(anna, clock.instant(), anna.id(), id(1), "lost"));
    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () ->
            passkeys.removeLost(
                helper.provenBy(Proof.PASSWORD), clock.instant(), anna.id(), id(1), "lost"));
    refuses(RefusalReason.NOT_FOUND, () -> passkeys.of(helper(House.VILLAGE), anna.id()));
    refuses(
        RefusalReason.NOT_FOUND,
        () ->
            passkeys.removeLost(helper(House.VILLAGE), clock.instant(), anna.id(), id(1), "lost"));
    refuses(
        RefusalReason.REASON_MISSING,
        () -> passkeys.removeLost(helper, clock.instant(), anna.id(), id(1), " "));
    refuses(
        RefusalReason.STALE_PROOF,
        () ->
            passkeys.removeLost(
                helper, clock.instant().minus(FreshProof.LASTS), anna.id(), id(1), "lost"));
    assertThat(passkeys.of(helper, anna.id())).hasSize(1);

    passkeys.removeLost(helper, clock.instant(), anna.id(), id(1), "im Zug verloren");
    assertThat(passkeys.of(anna)).isEmpty();
    refuses(
        RefusalReason.NOT_FOUND,
        () -> passkeys.removeLost(helper, clock.instant(), anna.id(), id(1), "lost"));
    assertThat(
            DATABASE.texts(
                "select detail from audit_event where action = 'passkey.removed' and actor ="
                    + " 'person:helper'"))
        .containsExactly("proof=certificate passkey=01 reason=im Zug verloren");
  }

  /** Where people begin with a password, that would open an office after the passkey is gone. */
  @Test
  void stayWithWhoHoldsAnOfficeWhereAPasswordRegistersTheFirst() throws Exception {
    Books books = Books.of(DATABASE.source(), "test", clock, new SecureRandom());
    var officer =
        new Actor.Person(
            anna.id(),
            "Anna",
            "anna",
            Set.of(House.TOWN),
            Set.of(House.TOWN),
            Set.of(),
            Set.of(),
            Proof.PASSWORD);
    holder = officer;
    var open =
        new Passkeys(
            books.ofPasskeys(),
            staff,
            new LoginTrail(books.audit(), books.transactions(), clock),
            true,
            clock);
    open.add(anna, clock.instant(), passkey(1));
    refuses(
        RefusalReason.NOT_AUTHORIZED,
        () -> open.removeLost(helper(House.TOWN), clock.instant(), anna.id(), id(1), "lost"));
    passkeys.removeLost(helper(House.TOWN), clock.instant(), anna.id(), id(1), "lost");
  }

  private static Actor.Person helper(TenantId tenant) {
    return new Actor.Person(
            new SubjectId("helper"),
            "Hella",
            "helper",
            Set.of(House.TOWN),
            Set.of(),
            Set.of(),
            Set.of(),
            Proof.CERTIFICATE)
        .helping(Set.of(tenant));
  }

  @Test
  void leaveATraceWhenTheyDoNotOpen() throws Exception {
    passkeys.add(anna, clock.instant(), passkey(1));
    passkeys.unproven(id(1));
    passkeys.unproven(id(2));
    assertThat(passkeys.logIn(id(2))).isEmpty();
    assertThat(refusals("person:anna", "proof=passkey why=UNPROVEN")).isOne();
    assertThat(refusals("passkey", "proof=passkey why=UNPROVEN")).isOne();
    assertThat(refusals("passkey", "proof=passkey why=PERSON_GONE")).isOne();
  }

  private static long refusals(String object, String detail) {
    return DATABASE.number(
        "select count(*) from audit_event where action = 'login.refused' and object = ? and detail"
            + " = ?",
        object,
        detail);
  }

  private static void refused(ThrowingCallable deed) {
    refuses(RefusalReason.STALE_PROOF, deed);
  }

  private static void refuses(RefusalReason reason, ThrowingCallable deed) {
    assertThat(catchThrowableOfType(Refused.class, deed).reason()).isEqualTo(reason);
  }

  private Passkey passkey(int number) {
    return new Passkey(
        id(number),
        anna.id(),
        "Laptop",
        Bytes.of(new byte[1]),
        Bytes.of(new byte[1]),
        0,
        Set.of(),
        new Passkey.Backup(false, false),
        clock.instant(),
        clock.instant());
  }

  private static Bytes id(int number) {
    return Bytes.of(new byte[] {(byte) number});
  }
}
