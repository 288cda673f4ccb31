package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.roles.Conflict;
import de.kreissiegel.ca.roles.ConflictBook;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Somebody in two groups that don't go together. */
final class SampleConflicts implements ConflictBook {
  static final List<RoleSource> SOURCES =
      List.of(
          new RoleSource("landkreis", Office.RA_OPERATOR, "cn=registration-officers,ou=groups"),
          new RoleSource(
              "landkreis", Office.RA_OPERATOR, "cn=lead-registration-officers,ou=groups"),
          new RoleSource("landkreis", Office.CA_OPERATOR, "cn=ca-operators,ou=groups"),
          new RoleSource(
              "landkreis", Office.SYSTEM_ADMINISTRATOR, "cn=system-administrators,ou=groups"),
          new RoleSource("landkreis", Office.REVISOR, "cn=auditors,ou=groups"));

  @Override
  public Optional<Conflict> open(Transaction transaction, SubjectId person) {
    return Optional.empty();
  }

  @Override
  public void begin(
      Transaction transaction, SubjectId person, String name, Set<Office> offices, Instant at) {}

  @Override
  public void end(Transaction transaction, SubjectId person, Instant at) {}

  @Override
  public List<Conflict> lasting() {
    return List.of(
        new Conflict(
            new SubjectId("two"),
            "Karl Amend",
            Set.of(Office.REVISOR, Office.SYSTEM_ADMINISTRATOR),
            Instant.parse("2026-11-27T09:30:00Z"),
            Optional.empty()));
  }
}
