package de.kreissiegel.ca.revision;

import de.kreissiegel.ca.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * A review that has to be made.
 *
 * @param tenant whose affairs; empty for the house's own
 * @param revision the one that was opened, if it was
 * @param deadline when it is overdue
 * @param overdue whether it is
 */
public record Task(
    Optional<TenantId> tenant,
    ReviewPeriod period,
    Optional<Revision> revision,
    State state,
    Instant deadline,
    boolean overdue) {
  /** How far it is. */
  public enum State {
    /** The period isn't over. */
    RUNNING,
    /** Nobody has drawn the sample. */
    TO_OPEN,
    /** A revisor is at it. */
    OPEN,
    /** It is done with. */
    SIGNED
  }
}
