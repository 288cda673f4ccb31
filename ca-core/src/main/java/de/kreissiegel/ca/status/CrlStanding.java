package de.kreissiegel.ca.status;

import java.util.Optional;

/**
 * How a list stands on this node, as those who rely on it get it.
 *
 * @param name which list
 * @param list the list; empty if there is none
 * @param freshness what that means
 */
public record CrlStanding(CrlName name, Optional<CrlFile> list, Freshness freshness) {
  /** How fresh a list is. */
  public enum Freshness {
    /** All is well. */
    FRESH,
    /** It holds, but the next one should have been there long ago: time to look into it. */
    AGING,
    /** It has run out, or there never was one: nobody can rely on it. */
    STALE
  }
}
