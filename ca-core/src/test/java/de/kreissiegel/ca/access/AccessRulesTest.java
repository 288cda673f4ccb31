package de.kreissiegel.ca.access;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
  private static final TenantId OWN = new TenantId("stadt-hassfurt.example");
  private static final TenantId FOREIGN = new TenantId("stadt-ebern.example");

  /** For a tenant of theirs; for a foreign one the answer is always no. */
  private static final String TABLE =
      """
                         staff  officer  standin  lead   auditor  component
      APPLY              yes    no       no       no     no       everywhere
      VIEW_OWN           yes    no       no       no     no       no
      WITHDRAW_OWN       yes    no       no       no     no       no
      REVOKE_OWN         yes    no       no       no     no       no
      VIEW_APPLICATIONS  no     yes      yes      no     yes      no
      DECIDE             no     yes      yes      no     no       no
      APPOINT            no     no       no       yes    no       no
      VIEW_CERTIFICATES  no     yes      yes      no     yes      no
      REVOKE             no     yes      yes      no     no       everywhere
      RELEASE            no     yes      yes      no     no       everywhere
      DECIDE_PLAN        no     yes      no       yes    no       no
      VIEW_GRANTS        no     yes      no       yes    yes      no
      MANAGE_GRANTS      no     yes      no       yes    no       no
      GRANT_ACROSS       no     no       no       yes    no       no
      VIEW_ESCROW        no     yes      no       yes    yes      no
      DECIDE_ESCROW      no     yes      no       yes    no       no
      RECOVER            no     yes      no       yes    no       no
      REVOKE_BY_PHONE    no     yes      yes      no     no       no
      READ_AUDIT         no     no       no       no     yes      no
      REVISE             no     no       no       no     yes      no
      VIEW_READS         no     no       no       no     no       no
      VIEW_HOUSE         no     no       no       yes    yes      no
      VIEW_ROLES         no     yes      yes      yes    yes      no
      VIEW_ROLE_CONFLICTS no     no       no       yes    yes      no
      HELP               no     no       no       no     no       no
      HOLD               no     yes      yes      no     no       no
      APPLY_FOR_OTHERS   no     yes      yes      no     no       no
      MANAGE_EQUIPMENT   no     yes      yes      no     no       no
      RUN_CAMPAIGNS      no     yes      no       yes    no       no
      MANAGE_REFUSAL_TEXTS no     yes      no       no     no       no
      """;

  @Test
  void allowsWhatTheTableSaysAndNothingElse() {
    Map<String, Actor> actors = new LinkedHashMap<>();
    actors.put("staff", person(Set.of(OWN), Set.of(), Set.of()));
    actors.put("officer", person(Set.of(), Set.of(OWN), Set.of()));
    actors.put(
        "standin",
        ((Actor.Person) person(Set.of(), Set.of(), Set.of())).standingInFor(Set.of(OWN)));
    actors.put(
        "lead",
        new Actor.Person(
            new SubjectId("erika"),
            "Erika",
            "erika",
            Set.of(),
            Set.of(),
            Set.of(OWN),
            Set.of(),
            Proof.CERTIFICATE));
    actors.put("auditor", person(Set.of(), Set.of(), Set.of(OWN)));
    actors.put("component", new Actor.Component("directory"));

    var actual = new StringBuilder();
    actual.append(String.format("%-18s staff  officer  standin  lead   auditor  component%n", ""));
    for (Action action : Action.values()) {
      var cells = new ArrayList<String>();
      for (Actor actor : actors.values()) {
        boolean everywhere = AccessRules.allowsEverywhere(actor, action);
        cells.add(
            everywhere ? "everywhere" : AccessRules.allows(actor, action, OWN) ? "yes" : "no");
        assertThat(AccessRules.allows(actor, action, FOREIGN)).as("%s %s", actor, action).isFalse();
        assertThat(AccessRules.scope(actor, action)).isSubsetOf(Set.of(OWN));
      }
      actual.append(
          String.format(
              "%-18s %-6s %-8s %-8s %-6s %-8s %s%n",
              action,
              cells.get(0),
              cells.get(1),
              cells.get(2),
              cells.get(3),
              cells.get(4),
              cells.get(5)));
    }

    assertThat(actual.toString().lines().toList()).isEqualTo(TABLE.lines().toList());
  }

  @Test
  void letsTheHelpDeskHelpHoldAndAnswerThePhoneAndNothingElse() {
    Actor.Person helper =
        ((Actor.Person) person(Set.of(), Set.of(), Set.of())).helping(Set.of(OWN));

    assertThat(Action.values())
        .filteredOn(action -> AccessRules.allows(helper, action, OWN))
        .containsExactlyInAnyOrder(Action.HELP, Action.HOLD, Action.REVOKE_BY_PHONE);
    assertThat(Action.values())
        .noneMatch(action -> AccessRules.allows(helper, action, FOREIGN))
        .noneMatch(action -> AccessRules.allows(helper.provenBy(Proof.PASSWORD), action, OWN));
    assertThat(helper.provenBy(Proof.PASSWORD).lacksStrongProof()).isTrue();
  }

  @Test
  void letsARevisorReadByAGrantAndDecideAndReviewNothing() {
    Actor.Person reader =
        ((Actor.Person) person(Set.of(), Set.of(), Set.of(FOREIGN))).reading(Set.of(OWN));

    assertThat(Action.values())
        .filteredOn(action -> AccessRules.allows(reader, action, OWN))
        .containsExactlyInAnyOrder(
            Action.VIEW_APPLICATIONS,
            Action.VIEW_CERTIFICATES,
            Action.VIEW_ESCROW,
            Action.VIEW_GRANTS,
            Action.READ_AUDIT);
    assertThat(Action.values())
        .noneMatch(action -> AccessRules.allows(reader.provenBy(Proof.PASSWORD), action, OWN));
    assertThat(RoleMatrix.of(reader)).containsExactly(Office.REVISOR);
  }

  @Test
  void opensNoOfficeToAPassword() {
    var all =
        new Actor.Person(
            new SubjectId("erika"),
            "Erika",
            "erika",
            Set.of(OWN),
            Set.of(OWN),
            Set.of(OWN),
            Set.of(OWN),
            Set.of(OWN),
            new Duties(Set.of(OWN), Set.of(OWN), Set.of(OWN), Set.of(OWN), Set.of(OWN), Set.of()),
            Proof.PASSWORD);

    for (Action action : Action.values()) {
      assertThat(AccessRules.allows(all, action, OWN))
          .as("%s", action)
          .isEqualTo(AccessRules.allows(person(Set.of(OWN), Set.of(), Set.of()), action, OWN));
    }
    assertThat(all.lacksStrongProof()).isTrue();
    assertThat(all.provenBy(Proof.PASSKEY).lacksStrongProof()).isFalse();
    assertThat(AccessRules.allows(all.provenBy(Proof.PASSKEY), Action.DECIDE, OWN)).isTrue();
  }

  @Test
  void joinsTheScopesOfSomebodyWithTwoRoles() {
    Actor both = person(Set.of(), Set.of(OWN), Set.of(FOREIGN));

    assertThat(AccessRules.scope(both, Action.VIEW_CERTIFICATES))
        .containsExactlyInAnyOrder(OWN, FOREIGN);
    assertThat(AccessRules.scope(both, Action.REVOKE)).containsExactly(OWN);
    assertThat(AccessRules.scope(both, Action.READ_AUDIT)).containsExactly(FOREIGN);
  }

  private static Actor person(
      Set<TenantId> tenants, Set<TenantId> officerFor, Set<TenantId> auditorFor) {
    return new Actor.Person(
        new SubjectId("erika"),
        "Erika",
        "erika",
        tenants,
        officerFor,
        Set.of(),
        auditorFor,
        Proof.CERTIFICATE);
  }

  @Test
  void letsNoOtherPartOfTheSystemReleaseAHold() {
    assertThat(AccessRules.allowsEverywhere(new Actor.Component("recovery"), Action.RELEASE))
        .isFalse();
  }
}
