package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle.Departure;
import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.DirectoryIntake;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes reports of directories in as departures, and keeps nothing: after a start everything is
 * read once.
 */
final class LifecycleIntake implements DirectoryIntake {
  private final SubjectLifecycle lifecycle;
  private final boolean only;
  private final Map<DirectoryName, Bookmark> bookmarks = new HashMap<>();
  private final Map<DirectoryName, Set<SubjectId>> named = new HashMap<>();

  /** Who left, as far as they are still watched: a brake may hold them. */
  private final Map<SubjectId, Departure> left = new HashMap<>();

  /**
   * @param only whether there is one directory, so that it answers for everybody
   */
  LifecycleIntake(SubjectLifecycle lifecycle, boolean only) {
    this.lifecycle = lifecycle;
    this.only = only;
  }

  @Override
  public synchronized Optional<Bookmark> bookmark(DirectoryName directory) {
    return Optional.ofNullable(bookmarks.get(directory));
  }

  @Override
  public synchronized Set<SubjectId> known(DirectoryName directory) {
    var known = new HashSet<>(lifecycle.watched());
    if (!only) {
      known.retainAll(named.getOrDefault(directory, Set.of()));
    }
    return known;
  }

  @Override
  public synchronized void take(DirectoryName directory, DirectoryReport report) {
    report.seen().forEach(this::note);
    if (!only) {
      report.seen().stream()
          .filter(seen -> seen instanceof Observation.Present)
          .map(Observation::id)
          .forEach(named.computeIfAbsent(directory, _ -> new HashSet<>())::add);
    }
    if (!report.last()) {
      return;
    }
    left.keySet().retainAll(lifecycle.watched());
    lifecycle.subjectsLeft(List.copyOf(left.values()));
    report.after().ifPresent(after -> bookmarks.put(directory, after));
  }

  private void note(Observation observation) {
    switch (observation) {
      case Observation.Gone gone -> left.put(gone.id(), new Departure(gone.id(), gone.cause()));
      case Observation.Present present when !present.subject().enabled() ->
          left.put(present.id(), new Departure(present.id(), "entry disabled"));
      case Observation.Present present -> left.remove(present.id());
    }
  }
}
