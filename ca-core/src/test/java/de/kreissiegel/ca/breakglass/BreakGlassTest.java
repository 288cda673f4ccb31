package de.kreissiegel.ca.breakglass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.breakglass.SealedCode.Office;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.tenancy.TenantId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BreakGlassTest {
  private static final TenantId HASSFURT = new TenantId("stadt-hassfurt.example");
  private static final TenantId EBERN = new TenantId("stadt-ebern.example");

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private BreakGlass desk;

  @BeforeEach
  void empty() {
    DATABASE.clear();
    DATABASE.execute("insert into letter_office values (true)");
    var random = new SecureRandom();
    var clock = new Moving();
    Books books = Books.of(DATABASE.source(), "test", clock, random);
    desk = new BreakGlass(books.ofBreakGlass(), clock, random);
  }

  @Test
  void opensToLookByOneCode() throws Exception {
    Actor.Person person = desk.logIn(List.of(code("Anna", Office.REVIEW), ""));
    assertThat(AccessRules.scope(person, Action.READ_AUDIT)).containsExactly(HASSFURT);
    assertThat(AccessRules.scope(person, Action.VIEW_CERTIFICATES)).containsExactly(HASSFURT);
    assertThat(AccessRules.scope(person, Action.REVOKE)).isEmpty();
    assertThat(person.displayName()).isEqualTo("Anna");
  }

  @Test
  void opensToRevokeByTwoCodesForTheTenantsOfBoth() throws Exception {
    String one = code("Anna", Office.PROTECT, HASSFURT, EBERN);
    String other = code("Bert", Office.PROTECT, EBERN);
    Actor.Person person = desk.logIn(List.of(one, other));
    assertThat(AccessRules.scope(person, Action.REVOKE)).containsExactly(EBERN);
    assertThat(person.displayName()).isEqualTo("Anna, Bert");
  }

  @Test
  void neverOpensDecisions() throws Exception {
    Actor.Person person =
        desk.logIn(List.of(code("Anna", Office.PROTECT), code("Bert", Office.PROTECT)));
    for (Action action :
        List.of(Action.DECIDE, Action.APPOINT, Action.DECIDE_PLAN, Action.RELEASE, Action.APPLY)) {
      assertThat(AccessRules.scope(person, action)).as("%s", action).isEmpty();
    }
  }

  @Test
  void takesACodeInAnyFormThatPeopleType() throws Exception {
    String typed = code("Anna", Office.REVIEW).toLowerCase(Locale.ROOT).replace('-', ' ');
    assertThat(desk.logIn(List.of(typed)).login()).startsWith("emergency-");
  }

  @Test
  void refusesWhatDoesNotFitTogetherAndUsesNothingUp() throws Exception {
    String protect = code("Anna", Office.PROTECT);
    String sameHolder = code(" anna", Office.PROTECT);
    String review = code("Bert", Office.REVIEW);
    String elsewhere = code("Carl", Office.PROTECT, EBERN);
    for (List<String> typed :
        List.of(
            List.<String>of(),
            List.of(""),
            List.of("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"),
            List.of("x".repeat(5000)),
            List.of(protect),
            List.of(protect, protect),
            List.of(protect, sameHolder),
            List.of(protect, review),
            List.of(protect, elsewhere),
            List.of(review, "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"))) {
      assertThatThrownBy(() -> desk.logIn(typed)).as("%s", typed).isInstanceOf(Refused.class);
    }
    assertThat(desk.all()).allMatch(one -> one.isGood(now));
    assertThat(desk.logIn(List.of(review)).displayName()).isEqualTo("Bert");
  }

  @Test
  void opensOnce() throws Exception {
    String code = code("Anna", Office.REVIEW);
    desk.logIn(List.of(code));
    assertThatThrownBy(() -> desk.logIn(List.of(code))).isInstanceOf(Refused.class);
  }

  @Test
  void opensOnceAlsoIfManyTryAtTheSameTime() throws Exception {
    String code = code("Anna", Office.REVIEW);
    Callable<Boolean> opens =
        () -> {
          try {
            desk.logIn(List.of(code));
            return true;
          } catch (Refused refused) {
            return false;
          }
        };
    try (var threads = Executors.newFixedThreadPool(4)) {
      int opened = 0;
      for (Future<Boolean> one : threads.invokeAll(Collections.nCopies(8, opens))) {
        opened += one.get() ? 1 : 0;
      }
      assertThat(opened).isOne();
    }
  }

  @Test
  void opensNothingAfterItsEndOrOnceItWasWithdrawn() throws Exception {
    String withdrawn = code("Anna", Office.REVIEW);
    desk.withdraw(desk.all().getFirst().number(), "Ida");
    assertThatThrownBy(() -> desk.logIn(List.of(withdrawn))).isInstanceOf(Refused.class);
    String late = code("Bert", Office.REVIEW);
    now = now.plus(Duration.ofDays(30));
    assertThatThrownBy(() -> desk.logIn(List.of(late))).isInstanceOf(Refused.class);
  }

  @Test
  void endsAfterAnHourOrAtOnceWhenItIsWithdrawn() throws Exception {
    List<Long> first = BreakGlass.numbers(desk.logIn(List.of(code("Anna", Office.REVIEW))));
    now = now.plus(Duration.ofMinutes(59));
    assertThat(desk.identify(first)).isPresent();
    now = now.plus(Duration.ofMinutes(1));
    assertThat(desk.identify(first)).isEmpty();
    List<Long> second = BreakGlass.numbers(desk.logIn(List.of(code("Bert", Office.REVIEW))));
    desk.withdraw(second.getFirst(), "Ida");
    assertThat(desk.identify(second)).isEmpty();
    assertThat(desk.identify(List.of())).isEmpty();
    assertThat(desk.identify(List.of(4711L))).isEmpty();
  }

  @Test
  void isAnAlarmUntilSomebodyElseHasLookedIntoIt() throws Exception {
    desk.logIn(List.of(code("Anna", Office.PROTECT), code("Bert", Office.PROTECT)));
    assertThat(desk.alarms()).hasSize(2);
    long number = desk.alarms().getFirst().number();
    for (String theirs : List.of("Anna", "bert ", "")) {
      assertThatThrownBy(() -> desk.acknowledge(number, theirs)).isInstanceOf(Refused.class);
    }
    for (SealedCode one : desk.alarms()) {
      desk.acknowledge(one.number(), "Ida");
    }
    assertThat(desk.alarms()).isEmpty();
    assertThatThrownBy(() -> desk.acknowledge(number, "Ida")).isInstanceOf(Refused.class);
  }

  @Test
  void writesEachStepIntoTheTrailAndTheCodeNowhere() throws Exception {
    String code = code("Anna", Office.REVIEW);
    desk.logIn(List.of(code));
    desk.acknowledge(desk.all().getFirst().number(), "Ida");
    assertThatThrownBy(() -> desk.logIn(List.of(code))).isInstanceOf(Refused.class);
    for (String action :
        List.of(
            "emergency-code.made",
            "login.emergency",
            "emergency-code.acknowledged",
            "login.refused")) {
      assertThat(DATABASE.number("select count(*) from audit_event where action = ?", action))
          .as(action)
          .isOne();
    }
    String start = code.substring(0, 5);
    assertThat(
            DATABASE.number(
                "select count(*) from audit_event where detail like ?", "%" + start + "%"))
        .isZero();
    assertThat(DATABASE.number("select count(*) from letter_cue where kind = 'ALARM'")).isOne();
  }

  @Test
  void isMadeForATimeThatEnds() {
    for (Duration time : List.of(Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(401))) {
      assertThatThrownBy(
              () -> desk.make("Anna", Office.REVIEW, Set.of(HASSFURT), "Ida", now.plus(time)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> desk.make("Anna", Office.REVIEW, Set.of(), "Ida", now.plusSeconds(60)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String code(String holder, Office office, TenantId... tenants) {
    Set<TenantId> scope = tenants.length == 0 ? Set.of(HASSFURT) : Set.of(tenants);
    return desk.make(holder, office, scope, "Ida", now.plus(Duration.ofDays(30))).code().inGroups();
  }

  private final class Moving extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
