package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * What a change in the directory does to one certificate.
 *
 * @param item the change
 * @param reason that of the revocation, now or later
 * @param dueAt when it is revoked by itself; empty for never
 * @param ours whether it was this change that suspended it
 */
public record Effect(
    long item,
    AuthorityName authority,
    SerialNumber serial,
    Act act,
    RevocationReason reason,
    Optional<Instant> dueAt,
    boolean ours) {
  /** What is done at once. */
  public enum Act {
    REVOKED,
    SUSPENDED,
    /** Nothing yet. */
    LATER
  }
}
