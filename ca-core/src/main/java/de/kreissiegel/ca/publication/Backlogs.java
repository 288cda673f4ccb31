package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.roster.DirectoryName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is not yet published, for those who watch over it. */
public interface Backlogs {
  /** That of each directory, by its name; also of those for which nothing waits. */
  List<Backlog> all();

  /** What was refused and isn't done, the oldest first. */
  List<RefusedErrand> refused(int atMost);

  /**
   * Has all that was refused tried again at once.
   *
   * @return how much that is
   */
  int tryAgain(Instant now);

  /**
   * What waits for a directory.
   *
   * @param waiting how many errands and postings that nobody refused
   * @param oldest when the oldest of these was put in
   * @param refused how many that the directory refused
   */
  record Backlog(DirectoryName destination, long waiting, Optional<Instant> oldest, long refused) {}

  /**
   * What the directory refused.
   *
   * @param what as {@code PUBLISH people/7f3a…}, {@code LIST people-p3}
   * @param subject whose entry; empty of an authority's
   * @param since when it was put in
   * @param attempts how often it was tried
   * @param nextAttempt when it is tried again
   * @param error what the directory said
   */
  record RefusedErrand(
      DirectoryName destination,
      String what,
      String subject,
      Instant since,
      int attempts,
      Instant nextAttempt,
      String error) {}
}
