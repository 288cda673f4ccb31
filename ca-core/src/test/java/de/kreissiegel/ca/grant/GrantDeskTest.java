package de.kreissiegel.ca.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.issuance.FakeDirectory;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcGrantBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrantDeskTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final MovableClock clock = new MovableClock();
  private final Map<SubjectId, Actor.Person> directory = new HashMap<>();
  private final StaffLogin staff =
      new StaffLogin() {
        @Override
        public Optional<Actor.Person> logIn(String login, String password) {
          return Optional.empty();
        }

        @Override
        public Optional<Actor.Person> named(String loginOrMail) {
          return directory.values().stream()
              .filter(person -> person.login().equals(loginOrMail))
              .findFirst();
        }

        @Override
        public Optional<Actor.Person> current(SubjectId person) {
          return Optional.ofNullable(directory.get(person));
        }
      };
  private final Actor.Person lena = lead("Lena");
  private final Actor.Person ludwig = lead("Ludwig");
  private final Actor.Person otto = officer("Otto", House.TOWN);
  private final Actor.Person vera = officer("Vera", House.VILLAGE);
  private final Actor.Person anna = person("Anna", House.TOWN, Set.of(), Set.of(), Set.of());
  private GrantBook book;
  private GrantDesk desk;
  private Offices offices;

  @BeforeEach
  void opens() {
    DATABASE.clear();
    book = new JdbcGrantBook(DATABASE.database());
    desk =
        new GrantDesk(
            book,
            DATABASE.database(),
            new JdbcAuditTrail("test", clock, new SecureRandom()),
            new GrantDesk.People(staff, new FakeDirectory()),
            clock,
            new SecureRandom());
    offices = new Offices(staff, book, clock);
  }

  @Test
  void aNeighbourDecidesOnceASecondPersonHasConsented() throws Exception {
    Grant proposed = desk.propose(lena, neighbour());
    assertThat(proposed).isInstanceOf(Grant.Proposed.class);
    assertThat(decides(vera)).isFalse();

    Grant given = desk.consent(ludwig, proposed.id());

    assertThat(given).isInstanceOf(Grant.InForce.class);
    assertThat(decides(vera)).isTrue();
    assertThat(AccessRules.allows(now(vera), Action.DECIDE, House.VILLAGE)).as("hers").isTrue();
    assertThat(AccessRules.allows(now(vera), Action.DECIDE_PLAN, House.TOWN)).isFalse();
    assertThat(desk.view(otto, given.id())).isEqualTo(given);
    assertThat(desk.all(vera)).containsExactly(given);
    assertThat(DATABASE.texts("select action from audit_event order by sequence"))
        .containsExactly("grant.proposed", "grant.given");
  }

  @Test
  void itBeginsAndEndsByItself() throws Exception {
    Instant begins = clock.instant().plus(Duration.ofDays(1));
    Grant later = desk.propose(lena, neighbour(begins, begins.plus(Duration.ofDays(7))));
    desk.consent(otto, later.id());
    assertThat(decides(vera)).isFalse();

    clock.pass(Duration.ofDays(2));
    assertThat(decides(vera)).isTrue();
    clock.pass(Duration.ofDays(7));
    assertThat(decides(vera)).isFalse();
    assertThat(refusal(() -> desk.end(lena, later.id(), "vorbei")))
        .isEqualTo(RefusalReason.WRONG_STATE);
  }

  @Test
  void oneOfTheTenantOrWhoStandsInEndsItEarly() throws Exception {
    Grant grant = desk.consent(ludwig, desk.propose(lena, neighbour()).id());
    assertThat(refusal(() -> desk.end(officer("Fremd", House.DISTRICT), grant.id(), "nein")))
        .isEqualTo(RefusalReason.NOT_FOUND);

    desk.end(otto, grant.id(), "Otto ist wieder da");
    assertThat(decides(vera)).isFalse();
    assertThat(refusal(() -> desk.consent(ludwig, grant.id())))
        .isEqualTo(RefusalReason.WRONG_STATE);

    Grant next = desk.consent(ludwig, desk.propose(lena, neighbour()).id());
    assertThat(desk.end(vera, next.id(), "keine Zeit")).isInstanceOf(Grant.Ended.class);
    assertThat(refusal(() -> desk.end(vera, next.id(), "noch einmal")))
        .isEqualTo(RefusalReason.WRONG_STATE);
  }

  @Test
  void aDeputyInOnesOwnHouseNeedsNoSecondPerson() throws Exception {
    Grant deputy = desk.propose(otto, to(anna));
    assertThat(deputy).isInstanceOf(Grant.InForce.class);
    assertThat(decides(anna)).isTrue();
  }

  @Test
  void nobodyHasAHandInTheirOwnGrant() throws Exception {
    assertThat(refusal(() -> desk.propose(otto, to(otto))))
        .isEqualTo(RefusalReason.OWN_APPLICATION);
    Grant forLudwig = desk.propose(lena, to(ludwig));
    assertThat(refusal(() -> desk.consent(ludwig, forLudwig.id())))
        .isEqualTo(RefusalReason.OWN_APPLICATION);
    assertThat(refusal(() -> desk.consent(lena, forLudwig.id())))
        .isEqualTo(RefusalReason.SAME_OFFICER);
    assertThat(desk.consent(otto, forLudwig.id())).isInstanceOf(Grant.InForce.class);
  }

  @Test
  void onlyThoseWhoAppointOfficersReachAcrossTenants() {
    assertThat(refusal(() -> desk.propose(otto, neighbour())))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    assertThat(refusal(() -> desk.propose(vera, to(anna))))
        .as("a deputy of another house")
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    assertThat(refusal(() -> desk.propose(now(anna), neighbour())))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
  }

  @Test
  void givesItToNobodyWhoIsNoOfficerElsewhereIsGoneOrAudits() throws Exception {
    Actor.Person clerk = person("Karl", House.VILLAGE, Set.of(), Set.of(), Set.of());
    Actor.Person auditor = person("Sara", House.TOWN, Set.of(), Set.of(), Set.of(House.TOWN));
    for (Actor.Person nobody : new Actor.Person[] {clerk, auditor}) {
      assertThat(refusal(() -> desk.propose(lena, to(nobody))))
          .isEqualTo(RefusalReason.SUBJECT_DISABLED);
    }
    desk.consent(ludwig, desk.propose(lena, neighbour()).id());
    directory.put(vera.id(), person(vera, Set.of(), Set.of()));
    assertThat(decides(vera)).as("no officer any more").isFalse();
    directory.remove(vera.id());
    assertThat(refusal(() -> desk.propose(lena, neighbour())))
        .isEqualTo(RefusalReason.SUBJECT_DISABLED);
  }

  @Test
  void refusesDatesWithoutAnEndInSightAndGrantsWithoutAReason() {
    Instant now = clock.instant();
    for (Instant[] dates :
        new Instant[][] {
          {now, now},
          {now, now.plus(Duration.ofDays(367))},
          {now.minus(Duration.ofDays(3)), now.plus(Duration.ofDays(3))},
          {now.plus(Duration.ofDays(400)), now.plus(Duration.ofDays(401))}
        }) {
      assertThat(refusal(() -> desk.propose(lena, neighbour(dates[0], dates[1]))))
          .isEqualTo(RefusalReason.BAD_DATA_FORMAT);
    }
    assertThat(
            refusal(
                () ->
                    desk.propose(
                        lena,
                        new GrantProposal(
                            vera.id(), House.TOWN, " ", now, now.plus(Duration.ofDays(1))))))
        .isEqualTo(RefusalReason.REASON_MISSING);
    assertThat(DATABASE.number("select count(*) from office_grant")).isZero();
  }

  @Test
  void aPasswordOpensNoOfficeThatAGrantGives() throws Exception {
    desk.propose(otto, to(anna));
    Actor.Person byPassword = now(anna).provenBy(de.kreissiegel.ca.access.Proof.PASSWORD);
    assertThat(AccessRules.allows(byPassword, Action.DECIDE, House.TOWN)).isFalse();
    assertThat(byPassword.lacksStrongProof()).isTrue();
  }

  @Test
  void aRevisorReadsElsewhereOnceASecondPersonHasConsentedAndDoesNothingElseThere()
      throws Exception {
    Actor.Person sara = auditor("Sara", House.VILLAGE);
    Grant proposed = desk.propose(lena, reading(sara));
    assertThat(proposed).isInstanceOf(Grant.Proposed.class);
    assertThat(reads(sara)).isEmpty();
    assertThat(refusal(() -> desk.consent(lena, proposed.id())))
        .isEqualTo(RefusalReason.SAME_OFFICER);
    assertThat(refusal(() -> desk.consent(sara, proposed.id())))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    assertThat(refusal(() -> desk.consent(vera, proposed.id()))).isEqualTo(RefusalReason.NOT_FOUND);

    Grant given = desk.consent(otto, proposed.id());

    assertThat(given.terms().right()).isEqualTo(Grant.Right.READ);
    assertThat(reads(sara))
        .containsExactlyInAnyOrder(
            Action.VIEW_APPLICATIONS,
            Action.VIEW_CERTIFICATES,
            Action.VIEW_ESCROW,
            Action.VIEW_GRANTS,
            Action.READ_AUDIT);
    assertThat(now(sara).standsInFor()).isEmpty();
    assertThat(book.of(sara.id(), clock.instant())).as("nothing to decide by").isEmpty();
    assertThat(AccessRules.allows(now(sara), Action.REVISE, House.VILLAGE)).as("hers").isTrue();
    assertThat(desk.all(sara)).containsExactly(given);
    assertThat(desk.view(otto, given.id())).isEqualTo(given);
    assertThat(DATABASE.texts("select action from audit_event order by sequence"))
        .containsExactly("reading.proposed", "reading.given");
    assertThat(now(sara).provenBy(de.kreissiegel.ca.access.Proof.PASSWORD))
        .satisfies(
            byPassword ->
                assertThat(AccessRules.allows(byPassword, Action.READ_AUDIT, House.TOWN))
                    .isFalse());
  }

  @Test
  void readingBeginsAndEndsByItselfOrEarly() throws Exception {
    Actor.Person sara = auditor("Sara", House.VILLAGE);
    Instant begins = clock.instant().plus(Duration.ofDays(1));
    desk.consent(
        ludwig,
        desk.propose(
                lena,
                new GrantProposal(
                    Grant.Right.READ,
                    sara.id(),
                    House.TOWN,
                    "Prüfung",
                    begins,
                    begins.plus(Duration.ofDays(7))))
            .id());
    assertThat(reads(sara)).as("not yet").isEmpty();
    clock.pass(Duration.ofDays(2));
    assertThat(reads(sara)).isNotEmpty();
    clock.pass(Duration.ofDays(7));
    assertThat(reads(sara)).as("over").isEmpty();

    Grant next = desk.consent(ludwig, desk.propose(lena, reading(sara)).id());
    desk.end(otto, next.id(), "Prüfung ist vorbei");
    assertThat(reads(sara)).isEmpty();
    Grant last = desk.consent(ludwig, desk.propose(lena, reading(sara)).id());
    assertThat(desk.end(sara, last.id(), "nicht mehr nötig")).isInstanceOf(Grant.Ended.class);
    assertThat(reads(sara)).isEmpty();
    assertThat(DATABASE.texts("select distinct action from audit_event")).contains("reading.ended");
  }

  @Test
  void makesNobodyARevisor() throws Exception {
    Actor.Person clerk = person("Karl", House.VILLAGE, Set.of(), Set.of(), Set.of());
    Actor.Person already = auditor("Sina", House.TOWN);
    for (Actor.Person nobody : new Actor.Person[] {vera, ludwig, anna, clerk, already}) {
      assertThat(refusal(() -> desk.propose(lena, reading(nobody))))
          .isEqualTo(RefusalReason.SUBJECT_DISABLED);
    }
    Actor.Person sara = auditor("Sara", House.VILLAGE);
    desk.consent(ludwig, desk.propose(lena, reading(sara)).id());
    directory.put(sara.id(), person(sara, Set.of(), Set.of()));
    assertThat(reads(sara)).as("no revisor any more").isEmpty();
    directory.put(sara.id(), person(sara, Set.of(House.VILLAGE), Set.of()));
    assertThat(reads(sara)).as("an officer").isEmpty();
    directory.remove(sara.id());
    assertThat(refusal(() -> desk.propose(lena, reading(sara))))
        .isEqualTo(RefusalReason.SUBJECT_DISABLED);
  }

  @Test
  void onlyThoseWhoAppointOfficersLetSomebodyRead() {
    Actor.Person sara = auditor("Sara", House.VILLAGE);
    for (Actor.Person nobody : new Actor.Person[] {otto, vera, anna, sara}) {
      assertThat(refusal(() -> desk.propose(nobody, reading(sara))))
          .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    }
    assertThat(refusal(() -> desk.readers(otto, House.TOWN, "Sara", House.TOWN)))
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    assertThat(DATABASE.number("select count(*) from office_grant")).isZero();
  }

  @Test
  void whoProposesNothingLearnsNothingOfAnybodysOffices() {
    var unknown = new SubjectId("nobody");
    for (Grant.Right right : Grant.Right.values()) {
      assertThat(
              refusal(
                  () ->
                      desk.propose(
                          anna,
                          new GrantProposal(
                              right,
                              unknown,
                              House.TOWN,
                              "Urlaub",
                              clock.instant(),
                              clock.instant().plus(Duration.ofDays(1))))))
          .isEqualTo(RefusalReason.NOT_AUTHORIZED);
    }
  }

  private Actor.Person auditor(String name, TenantId tenant) {
    return person(name, tenant, Set.of(), Set.of(), Set.of(tenant));
  }

  private GrantProposal reading(Actor.Person person) {
    return new GrantProposal(
        Grant.Right.READ,
        person.id(),
        House.TOWN,
        "gemeinsame Prüfung",
        clock.instant(),
        clock.instant().plus(Duration.ofDays(30)));
  }

  /** What the person may do for the town. */
  private List<Action> reads(Actor.Person person) {
    Actor.Person now = now(person);
    return Arrays.stream(Action.values())
        .filter(action -> AccessRules.allows(now, action, House.TOWN))
        .toList();
  }

  private GrantProposal neighbour() {
    return to(vera);
  }

  private GrantProposal to(Actor.Person person) {
    return new GrantProposal(
        person.id(),
        House.TOWN,
        "Otto ist in Elternzeit",
        clock.instant(),
        clock.instant().plus(Duration.ofDays(30)));
  }

  private GrantProposal neighbour(Instant begins, Instant ends) {
    return new GrantProposal(vera.id(), House.TOWN, "Urlaub", begins, ends);
  }

  private boolean decides(Actor.Person person) {
    return AccessRules.allows(now(person), Action.DECIDE, House.TOWN);
  }

  private Actor.Person now(Actor.Person person) {
    try {
      return offices.current(person.id()).orElseThrow();
    } catch (de.kreissiegel.ca.subject.DirectoryUnavailable impossible) {
      throw new AssertionError(impossible);
    }
  }

  private Actor.Person lead(String name) {
    return person(
        name,
        House.DISTRICT,
        Set.of(),
        Set.of(House.TOWN, House.VILLAGE, House.DISTRICT),
        Set.of());
  }

  private Actor.Person officer(String name, TenantId tenant) {
    return person(name, tenant, Set.of(tenant), Set.of(), Set.of());
  }

  private Actor.Person person(
      String name,
      TenantId tenant,
      Set<TenantId> officerFor,
      Set<TenantId> appointsFor,
      Set<TenantId> auditorFor) {
    Actor.Person some = House.staff(House.person(name + " Muster", tenant, name + "@x.example"));
    Actor.Person person =
        new Actor.Person(
            some.id(),
            some.displayName(),
            some.login(),
            some.tenants(),
            officerFor,
            appointsFor,
            auditorFor,
            some.proof());
    directory.put(person.id(), person);
    return person;
  }

  private static Actor.Person person(
      Actor.Person some, Set<TenantId> officerFor, Set<TenantId> appointsFor) {
    return new Actor.Person(
        some.id(),
        some.displayName(),
        some.login(),
        some.tenants(),
        officerFor,
        appointsFor,
        Set.of(),
        some.proof());
  }

  private static RefusalReason refusal(ThrowingCallable call) {
    return catchThrowableOfType(Refused.class, call).reason();
  }
}
