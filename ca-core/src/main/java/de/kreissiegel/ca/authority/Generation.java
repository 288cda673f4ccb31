package de.kreissiegel.ca.authority;

import java.time.Instant;
import java.util.Optional;

/**
 * An authority's key and certificate, one of those that its {@link AuthorityLine} has over time.
 *
 * @param number counted from 1
 * @param authority with its own name ({@code people}, {@code people-2}), hence its own CRL, OCSP
 *     responder and addresses
 * @param issuesFrom when it begins to issue
 * @param issuesUntil when it stops, if it is to stop before the next generation begins
 * @param terminated when it was ended before its time, its last CRL made and its key destroyed
 */
public record Generation(
    int number,
    Authority authority,
    Instant issuesFrom,
    Optional<Instant> issuesUntil,
    Optional<Instant> terminated) {

  /** Whether it could issue then, were it the newest of its line. */
  boolean mayIssue(Instant time) {
    return !time.isBefore(issuesFrom)
        && isAlive(time)
        && issuesUntil.stream().allMatch(time::isBefore);
  }

  /** Whether its certificate is still valid then, and nobody has terminated it. */
  public boolean isAlive(Instant time) {
    return !time.isAfter(authority.notAfter()) && terminated.stream().allMatch(time::isBefore);
  }
}
