package de.kreissiegel.ca.access;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who holds which office, who may hold which beside, and what each may do. */
public final class RoleMatrix {
  private static final Set<TenantId> SOME = Set.of(new TenantId("tenant.example"));

  private RoleMatrix() {}

  /** The offices that the person holds. */
  public static Set<Office> of(Actor.Person person) {
    Set<Office> offices = EnumSet.noneOf(Office.class);
    Duties duties = person.duties();
    add(offices, Office.RA_OPERATOR, person.isOfficer());
    add(offices, Office.CA_OPERATOR, !duties.operates().isEmpty());
    add(offices, Office.SYSTEM_ADMINISTRATOR, !duties.administers().isEmpty());
    add(offices, Office.ACCESS_MANAGER, !duties.managesAccess().isEmpty());
    add(offices, Office.REVISOR, person.isAuditor());
    add(offices, Office.DATA_PROTECTION_OFFICER, !duties.protectsData().isEmpty());
    add(offices, Office.HELP_DESK, person.isHelpDesk());
    return offices;
  }

  private static void add(Set<Office> offices, Office office, boolean held) {
    if (held) {
      offices.add(office);
    }
  }

  /** Those of these offices that exclude another of them; none if all go together. */
  public static Set<Office> conflicts(Set<Office> offices) {
    Set<Office> conflicts = EnumSet.noneOf(Office.class);
    offices.stream()
        .filter(one -> offices.stream().anyMatch(one::excludes))
        .forEach(conflicts::add);
    return conflicts;
  }

  /**
   * The person, with no office at all if the directory gives them two that exclude each other: to
   * count one of them would leave to chance, or to whoever wrote the second, which.
   */
  public static Actor.Person checked(Actor.Person person) {
    Set<Office> conflicts = conflicts(of(person));
    return conflicts.isEmpty() ? person : person.refused(conflicts);
  }

  /** What somebody who holds this office alone may do, in the order of {@link Action}. */
  public static List<Action> actionsOf(Office office) {
    return Arrays.stream(Action.values())
        .filter(action -> !AccessRules.scope(sample(office), action).isEmpty())
        .toList();
  }

  private static Actor.Person sample(Office office) {
    Set<TenantId> none = Set.of();
    return new Actor.Person(
        new SubjectId("sample"),
        "",
        "",
        none,
        office == Office.RA_OPERATOR ? SOME : none,
        office == Office.RA_OPERATOR ? SOME : none,
        office == Office.REVISOR ? SOME : none,
        none,
        new Duties(
            office == Office.CA_OPERATOR ? SOME : none,
            office == Office.SYSTEM_ADMINISTRATOR ? SOME : none,
            office == Office.ACCESS_MANAGER ? SOME : none,
            office == Office.DATA_PROTECTION_OFFICER ? SOME : none,
            office == Office.HELP_DESK ? SOME : none,
            Set.of()),
        Proof.CERTIFICATE);
  }
}
