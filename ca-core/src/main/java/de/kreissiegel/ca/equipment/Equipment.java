package de.kreissiegel.ca.equipment;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A thing that was handed out:
 *
 * <pre>
 * Out → Returned → Destroyed
 *  ├──→ Lost ──↗ (found again) ↗
 *  └─────────────────────────↗
 * </pre>
 *
 * @param serial what is printed on it, 1 to 64 characters
 * @param holder who has or had it
 * @param holderName for display, as it was then
 * @param note in words; may be empty
 * @param moved who said last how it stands, and why; at first who handed it out
 * @param certificates which are on it
 */
public record Equipment(
    UUID id,
    Kind kind,
    String serial,
    TenantId tenant,
    SubjectId holder,
    String holderName,
    String note,
    Said issued,
    State state,
    Said moved,
    String movedNote,
    Set<Link> certificates) {
  public Equipment {
    certificates = Set.copyOf(certificates);
  }

  /** What it is. */
  public enum Kind {
    CARD,
    SECURITY_KEY,
    TOKEN
  }

  /** Where it is. */
  public enum State {
    OUT,
    RETURNED,
    LOST,
    DESTROYED;

    /** Whether it may become that. */
    public boolean mayBecome(State next) {
      return switch (this) {
        case OUT -> next != OUT;
        case LOST -> next == RETURNED || next == DESTROYED;
        case RETURNED -> next == DESTROYED;
        case DESTROYED -> false;
      };
    }
  }

  /**
   * Who said something, and when.
   *
   * @param name for display, as it was then
   */
  public record Said(SubjectId by, String name, Instant at) {}

  /** A certificate that is on it. */
  public record Link(AuthorityName authority, SerialNumber serial) {}

  Equipment moved(State next, Said by, String why) {
    return new Equipment(
        id, kind, serial, tenant, holder, holderName, note, issued, next, by, why, certificates);
  }

  /** How the audit trail names it. */
  public String auditName() {
    return "equipment:" + id;
  }
}
