package de.kreissiegel.ca.roster;

import java.util.List;
import java.util.Optional;

/**
 * What an adapter saw. A long reading comes in parts: nothing follows from a part before the last
 * one came, so that what is too much at once is seen as a whole.
 *
 * @param seen at most one observation of each subject
 * @param after how far the directory is read with this report; only with the last part
 * @param last whether this report closes its reading
 */
public record DirectoryReport(List<Observation> seen, Optional<Bookmark> after, boolean last) {
  public DirectoryReport {
    seen = List.copyOf(seen);
    if (after.isPresent() && !last) {
      throw new IllegalArgumentException("a part of a reading bears no bookmark");
    }
  }

  /** A part of a reading that goes on. */
  public static DirectoryReport part(List<Observation> seen) {
    return new DirectoryReport(seen, Optional.empty(), false);
  }

  /** The last part of a reading, or a change that came alone. */
  public static DirectoryReport last(List<Observation> seen, Bookmark after) {
    return new DirectoryReport(seen, Optional.of(after), true);
  }
}
