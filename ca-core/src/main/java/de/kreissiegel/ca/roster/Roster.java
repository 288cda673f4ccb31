package de.kreissiegel.ca.roster;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The roster as it is kept. */
public interface Roster {
  Optional<Bookmark> bookmark(DirectoryName directory);

  Set<SubjectId> known(DirectoryName directory);

  /** Waits until nobody else takes in reports of this directory, to the end of the transaction. */
  void lock(Transaction transaction, DirectoryName directory);

  /** Those of these that are known. */
  Map<SubjectId, RosterEntry> find(Transaction transaction, Collection<SubjectId> subjects);

  /** The functions to whose keys any of these people has access. */
  List<RosterEntry> accessibleTo(Transaction transaction, Collection<SubjectId> people);

  void put(Transaction transaction, List<RosterEntry> entries);

  void remove(Transaction transaction, Collection<SubjectId> subjects);

  void mark(Transaction transaction, DirectoryName directory, Bookmark bookmark, Instant now);
}
