package de.kreissiegel.ca.roster;

import de.kreissiegel.ca.subject.SubjectId;
import java.util.Optional;
import java.util.Set;

/**
 * Where adapters of directories report what they see. An adapter reports only what the directory
 * said without an error: a doubt is no observation. The same report may come again.
 */
public interface DirectoryIntake {
  /** How far this directory was taken in; empty before its first complete reading. */
  Optional<Bookmark> bookmark(DirectoryName directory);

  /**
   * Whom this directory named last. Who of them isn't found by a reading of everything is gone,
   * once the adapter has asked for each of them by id.
   */
  Set<SubjectId> known(DirectoryName directory);

  /**
   * Takes in a report: what changed and the bookmark are stored in one transaction, then what
   * follows is done, unless it is too much at once.
   */
  void take(DirectoryName directory, DirectoryReport report);
}
