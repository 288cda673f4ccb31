package de.kreissiegel.ca.equipment;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.Set;

/**
 * What a door brings: something is handed to somebody.
 *
 * @param serial 1 to 64 characters
 * @param note at most 300 characters; may be empty
 * @param certificates the holder's, that are on it
 */
public record Handout(
    TenantId tenant,
    SubjectId holder,
    Equipment.Kind kind,
    String serial,
    String note,
    Set<Equipment.Link> certificates) {
  public Handout {
    certificates = Set.copyOf(certificates);
  }
}
