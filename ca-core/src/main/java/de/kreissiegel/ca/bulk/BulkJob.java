package de.kreissiegel.ca.bulk;

import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;
import java.util.UUID;

/**
 * A list on its way:
 *
 * <pre>
 * Checking → Ready → Running ⇄ Paused
 *     └────────┴───────┴─────────┴──→ Cancelled; Running → Done
 * </pre>
 *
 * @param profile of which kind of certificate
 * @param maker who brought it: by whose rights each row is done, as they are when it is
 * @param makerName for display
 * @param proof how they had proved who they are
 * @param counts how far it is
 */
public record BulkJob(
    UUID id,
    Kind kind,
    ProfileName profile,
    SubjectId maker,
    String makerName,
    Proof proof,
    Instant madeAt,
    State state,
    Counts counts) {
  /** What becomes of a row. */
  public enum Kind {
    /** A person is asked to apply. */
    INVITATIONS,
    /** A device or service is applied for, by its certification request. */
    APPLICATIONS
  }

  /** How it stands. */
  public enum State {
    /** Each row is held against directory, profile and rights; nothing is done. */
    CHECKING,
    /** It waits for its maker's word. */
    READY,
    RUNNING,
    PAUSED,
    CANCELLED,
    DONE;

    /** Whether nothing happens any more. */
    public boolean isOver() {
      return this == CANCELLED || this == DONE;
    }
  }

  /**
   * How many rows there are of which state.
   *
   * @param unchecked nobody has looked at them yet
   * @param ready they can be done
   * @param faulty they can't
   * @param done they are
   * @param failed they could, and were refused when it came to it
   */
  public record Counts(int unchecked, int ready, int faulty, int done, int failed) {
    /** All rows. */
    public int total() {
      return unchecked + ready + faulty + done + failed;
    }
  }

  /** How the audit trail names it. */
  public String auditName() {
    return "bulk:" + id;
  }
}
