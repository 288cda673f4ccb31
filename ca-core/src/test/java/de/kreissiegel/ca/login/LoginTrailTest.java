package de.kreissiegel.ca.login;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.login.LoginTrail.Door;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.SubjectId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the trail has of log-ins, and that no flood of them fills it. */
class LoginTrailTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final String RIGHT = "Blauer Wal 12";

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
          Proof.PASSWORD);
  private int asked;
  private final StaffLogin staff =
      new StaffLogin() {
        @Override
        public Optional<Actor.Person> logIn(String login, String password) {
          return named(login).filter(_ -> password.equals(RIGHT));
        }

        @Override
        public Optional<Actor.Person> named(String login) {
          asked++;
          return login.equalsIgnoreCase("anna") ? Optional.of(anna) : Optional.empty();
        }

        @Override
        public Optional<Actor.Person> current(SubjectId person) {
          throw new IllegalStateException("not asked here");
        }
      };
  private LoginTrail trail;
  private PasswordLogin passwords;

  @BeforeEach
  void opens() {
    DATABASE.clear();
    trail =
        new LoginTrail(
            new JdbcAuditTrail("test", clock, new SecureRandom()), DATABASE.database(), clock);
    passwords = new PasswordLogin(staff, trail, Runnable::run);
  }

  @Test
  void tellsWhoCameInAndWhoWasTurnedAwayForTheirTenantsAuditors() throws Exception {
    passwords.logIn(Door.PAGES, "anna", RIGHT);
    passwords.logIn(Door.PAGES, "ANNO", "falsch");
    passwords.throttled("anna");
    assertThat(count("login.succeeded", "person:anna", "proof=password")).isOne();
    assertThat(count("login.refused", "login", "%")).isEqualTo(2);
    assertThat(count("login.refused", "person:anna", "proof=password why=THROTTLED")).isZero();

    passwords.logIn(Door.PAGES, "Anna", "falsch");
    passwords.throttled(" aNNa");
    assertThat(count("login.refused", "person:anna", "proof=password why=WRONG")).isOne();
    assertThat(count("login.refused", "person:anna", "proof=password why=THROTTLED")).isOne();
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where tenant = ?", House.TOWN.value()))
        .isEqualTo(3);
  }

  @Test
  void writesNothingOfANameThatNobodyHas() throws Exception {
    passwords.logIn(Door.PAGES, "Mein Kennwort 4711", "");
    passwords.throttled("Mein Kennwort 4711");
    assertThat(DATABASE.number("select count(*) from audit_event")).isEqualTo(2);
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where audit_event::text ~* 'kennwort|\\y4711\\y'"))
        .isZero();
  }

  @Test
  void asksNoDirectoryAboutWhoHasToWait() {
    for (int i = 0; i < 100; i++) {
      passwords.throttled("name" + i);
    }
    assertThat(asked).isZero();
    assertThat(DATABASE.number("select count(*) from audit_event")).isOne();
  }

  @Test
  void writesOneRefusalAMinuteAndThenHowManyWereLeftOut() throws Exception {
    for (int i = 0; i < 50; i++) {
      passwords.logIn(Door.PAGES, "anna", "falsch");
    }
    assertThat(DATABASE.number("select count(*) from audit_event")).isOne();
    clock.pass(Duration.ofMinutes(1));
    passwords.logIn(Door.PAGES, "anna", "falsch");
    assertThat(count("login.refused", "person:anna", "proof=password why=WRONG left-out=49"))
        .isOne();
    clock.pass(Duration.ofMinutes(1));
    passwords.logIn(Door.PAGES, "anna", "falsch");
    assertThat(count("login.refused", "person:anna", "proof=password why=WRONG")).isEqualTo(2);
  }

  @Test
  void writesSessionsEachAndRequestsOfAProgramOnceAnHour() throws Exception {
    for (int i = 0; i < 25; i++) {
      passwords.logIn(Door.PAGES, "anna", RIGHT);
      passwords.logIn(Door.REST, "anna", RIGHT);
    }
    assertThat(count("login.succeeded", "person:anna", "proof=password")).isEqualTo(20);
    assertThat(count("login.succeeded", "person:anna", "proof=password door=rest")).isOne();
    clock.pass(Duration.ofHours(1));
    passwords.logIn(Door.REST, "anna", RIGHT);
    assertThat(count("login.succeeded", "person:anna", "proof=password door=rest left-out=24"))
        .isOne();
  }

  private static long count(String action, String object, String detail) {
    return DATABASE.number(
        "select count(*) from audit_event where action = ? and object = ? and detail like ?",
        action,
        object,
        detail);
  }
}
