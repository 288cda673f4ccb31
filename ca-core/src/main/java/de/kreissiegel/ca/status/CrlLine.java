package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityName;
import java.util.Optional;

/**
 * The lists of one authority and partition, full ones and deltas, which count up together.
 *
 * @param partition 0 for what has none
 * @param number the highest number that was given away, or that a vault's journal has
 * @param statusVersion grows with each change of a certificate's status
 * @param full the newest full list
 * @param delta the newest delta
 * @param reserved whether a list is written and not yet signed
 * @param missing the highest list that a vault has signed and this database never had, until what
 *     it told of was taken in
 */
public record CrlLine(
    AuthorityName authority,
    int partition,
    long number,
    long statusVersion,
    Optional<CrlHead> full,
    Optional<CrlHead> delta,
    boolean reserved,
    Optional<Long> missing) {

  /** Which of its two kinds of list. */
  public CrlName name(boolean ofDelta) {
    return new CrlName(authority, partition, ofDelta);
  }
}
