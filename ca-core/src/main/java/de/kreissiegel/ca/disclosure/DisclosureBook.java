package de.kreissiegel.ca.disclosure;

import de.kreissiegel.ca.subject.SubjectId;
import java.util.List;
import java.util.Set;

/** What there is about people, and how much there is of what. */
public interface DisclosureBook {
  /**
   * Whom certificates or applications with this mail address name.
   *
   * @param mail the whole address; small and large letters are one
   */
  Set<SubjectId> subjectsOf(String mail);

  /** All there is about one of them, section by section. */
  PersonReport about(SubjectId person);

  /** Certificates by tenant, profile, state and the month in which they became valid. */
  List<Count> counts();

  /**
   * How many there are of a kind.
   *
   * @param tenant its id; {@code -} for the system's own
   * @param profile its name
   * @param state good, hold, revoked
   * @param month as {@code 2026-11}
   */
  record Count(String tenant, String profile, String state, String month, long number) {}
}
