package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.roster.DirectoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Which authorities' certificates and lists the directories shall have, and have. */
public interface PostingBook {
  /** Forgets all directories but these. */
  void keep(Set<DirectoryName> destinations);

  /**
   * Says what there shall be. Nothing older replaces it: a version that is lower is ignored.
   *
   * @param version a list's number; 0 where there is none
   * @param tag a hash of it
   */
  void want(DirectoryName destination, Topic topic, long version, String tag, Instant now);

  /** Lends one that is due to the caller: nobody else gets it before the lease ends. */
  Optional<Due> claim(DirectoryName destination, Instant now, Duration lease);

  /** This is there now; if something newer was wanted meanwhile, that is due at once. */
  void written(DirectoryName destination, Topic topic, long version, String tag);

  /** Not now, through no fault of the entry; it is due again at that time. */
  void later(DirectoryName destination, Topic topic, Instant nextAttempt);

  /** The entry refused; it is due again at that time. */
  void refused(DirectoryName destination, Topic topic, Instant nextAttempt, String error);

  /**
   * What a posting is about.
   *
   * @param entry as in {@link Posting}
   */
  record Topic(String entry, Posting.Kind kind) {}

  /**
   * What has to be written.
   *
   * @param version at least this one
   * @param attempts how often it was claimed, this time included
   */
  record Due(Topic topic, long version, int attempts) {}
}
