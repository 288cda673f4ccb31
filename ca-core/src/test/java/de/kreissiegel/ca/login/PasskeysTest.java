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
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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
          return Optional.of(anna).filter(one -> one.id().equals(person));
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

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable deed) {
    assertThat(catchThrowableOfType(Refused.class, deed).reason())
        .isEqualTo(RefusalReason.STALE_PROOF);
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
