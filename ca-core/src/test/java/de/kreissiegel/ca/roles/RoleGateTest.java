package de.kreissiegel.ca.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Duties;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.RoleMatrix;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.grant.Offices;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcConflictBook;
import de.kreissiegel.ca.storage.JdbcGrantBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody holds two offices that exclude each other. */
class RoleGateTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final Set<TenantId> TOWN = Set.of(new TenantId("stadt-a.example"));
  private static final Set<TenantId> NONE = Set.of();

  private final MovableClock clock = new MovableClock();
  private Actor.Person person;
  private RoleGate gate;

  @BeforeEach
  void open() {
    DATABASE.clear();
    person = person(NONE, NONE, Duties.NONE);
    gate = gate();
  }

  @Test
  void letsOneOfficePassAsItIs() throws Exception {
    person = person(TOWN, NONE, Duties.NONE);

    assertThat(seen()).isEqualTo(person);
    assertThat(gate.conflicts()).isEmpty();
  }

  @Test
  void letsDataProtectionGoWithAnyOther() throws Exception {
    person = person(NONE, TOWN, new Duties(NONE, NONE, NONE, TOWN, Set.of(), Set.of()));

    assertThat(RoleMatrix.of(seen()))
        .containsExactlyInAnyOrder(Office.REVISOR, Office.DATA_PROTECTION_OFFICER);
  }

  @Test
  void countsNoOfficeOfWhoeverHoldsTwoThatExcludeEachOther() throws Exception {
    person = person(TOWN, TOWN, Duties.NONE);

    Actor.Person checked = seen();

    assertThat(RoleMatrix.of(checked)).isEmpty();
    assertThat(checked.tenants()).isEqualTo(TOWN);
    assertThat(checked.duties().refused())
        .containsExactlyInAnyOrder(Office.RA_OPERATOR, Office.REVISOR);
    assertThat(checked.lacksStrongProof()).isFalse();
  }

  @Test
  void excludesEachTwoOfTheFive() throws Exception {
    for (Duties two :
        List.of(
            new Duties(TOWN, TOWN, NONE, NONE, Set.of(), Set.of()),
            new Duties(NONE, TOWN, TOWN, NONE, Set.of(), Set.of()),
            new Duties(TOWN, NONE, TOWN, NONE, Set.of(), Set.of()))) {
      person = person(NONE, NONE, two);
      assertThat(seen().duties().refused()).hasSize(2);
      person =
          person(
              NONE,
              TOWN,
              new Duties(two.operates(), two.administers(), NONE, NONE, Set.of(), Set.of()));
      assertThat(seen().duties().refused()).contains(Office.REVISOR);
    }
  }

  @Test
  void notesAConflictOnceAndOnceMoreWhenItIsOver() throws Exception {
    person = person(TOWN, TOWN, Duties.NONE);
    seen();
    seen();
    gate = gate(); // another process
    seen();
    assertThat(gate.conflicts())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.offices())
                    .containsExactlyInAnyOrder(Office.RA_OPERATOR, Office.REVISOR));

    person = person(TOWN, NONE, Duties.NONE);
    seen();
    seen();

    assertThat(gate.conflicts()).isEmpty();
    assertThat(DATABASE.texts("select action from audit_event order by sequence"))
        .containsExactly("access.role-conflict", "access.role-conflict-over");
  }

  @Test
  void endsTheConflictOfWhoIsGone() throws Exception {
    person = person(TOWN, TOWN, Duties.NONE);
    seen();
    gate.lookAgain();
    assertThat(gate.conflicts()).hasSize(1);

    gone = true;
    gate.lookAgain();

    assertThat(gate.conflicts()).isEmpty();
    assertThat(DATABASE.texts("select action from audit_event order by sequence"))
        .containsExactly("access.role-conflict", "access.role-conflict-over");
  }

  @Test
  void givesNobodyAnOfficeByAGrantWhileTheirOwnExcludeEachOther() throws Exception {
    person = person(NONE, TOWN, new Duties(NONE, TOWN, NONE, NONE, Set.of(), Set.of()));
    DATABASE.execute(
        """
        insert into office_grant (id, person, person_name, tenant, across, reason, begins_at,
          ends_at, proposed_by, proposer_name, proposed_at)
        values ('%s', '%s', 'Anna', '%s', false, 'Urlaub', '%s', '%s', 'lead', 'Lore', '%s')
        """
            .formatted(
                UUID.randomUUID(),
                person.id(),
                TOWN.iterator().next(),
                clock.instant().minusSeconds(60),
                clock.instant().plusSeconds(3600),
                clock.instant()));
    var offices = new Offices(gate, new JdbcGrantBook(DATABASE.database()), clock);
    Actor.Person conflicted = offices.current(person.id()).orElseThrow();
    assertThat(conflicted.standsInFor()).isEmpty();

    person = person(NONE, NONE, Duties.NONE);
    assertThat(offices.current(person.id()).orElseThrow().standsInFor())
        .as("the grant by itself holds")
        .isEqualTo(TOWN);
  }

  @Test
  void showsConflictsToThoseWhoseAffairTheyAreAndTheMatrixToWhoHoldsAnOffice() throws Exception {
    person = person(TOWN, TOWN, Duties.NONE);
    seen();
    var desk = new RoleDesk(new JdbcConflictBook(DATABASE.database()), List.of());

    assertThat(desk.conflicts(person(NONE, TOWN, Duties.NONE))).hasSize(1);
    assertThat(
            desk.conflicts(
                person(NONE, NONE, new Duties(NONE, NONE, TOWN, NONE, Set.of(), Set.of()))))
        .hasSize(1);
    assertThat(desk.conflicts(person(TOWN, NONE, Duties.NONE))).isEmpty();
    assertThat(desk.sources(person(TOWN, NONE, Duties.NONE))).isEmpty();
    assertThat(
            catchThrowableOfType(Refused.class, () -> desk.sources(person(NONE, NONE, Duties.NONE)))
                .reason())
        .isEqualTo(RefusalReason.NOT_AUTHORIZED);
  }

  private boolean gone;

  private Actor.Person seen() throws Exception {
    return gate.current(person.id()).orElseThrow();
  }

  private RoleGate gate() {
    var directory =
        new StaffLogin() {
          @Override
          public Optional<Actor.Person> logIn(String login, String password) {
            return Optional.of(person);
          }

          @Override
          public Optional<Actor.Person> named(String loginOrMail) {
            return Optional.of(person);
          }

          @Override
          public Optional<Actor.Person> current(SubjectId id) {
            return gone ? Optional.empty() : Optional.of(person);
          }
        };
    return new RoleGate(
        directory,
        new JdbcConflictBook(DATABASE.database()),
        DATABASE.database(),
        new JdbcAuditTrail("test", clock, new SecureRandom()),
        clock);
  }

  private static Actor.Person person(
      Set<TenantId> officerFor, Set<TenantId> auditorFor, Duties duties) {
    return new Actor.Person(
            new SubjectId("anna"),
            "Anna Amsel",
            "anna",
            TOWN,
            officerFor,
            Set.of(),
            auditorFor,
            Proof.CERTIFICATE)
        .entrustedWith(duties);
  }
}
