package de.kreissiegel.ldap.follow;

import de.kreissiegel.ca.roster.DirectoryIntake;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hands observations over, in parts if there are many, and remembers whom the authority knows. */
final class Delivery {
  private static final int PART = 500;
  private final DirectoryName directory;
  private final DirectoryIntake intake;
  private final Map<SubjectId, Observation> open = new LinkedHashMap<>();

  /** Whom a reading named in its parts and that was broken off: the next one answers for them. */
  private final Set<SubjectId> unclosed = new HashSet<>();

  private Set<SubjectId> known = Set.of();

  Delivery(DirectoryName directory, DirectoryIntake intake) {
    this.directory = directory;
    this.intake = intake;
  }

  /** How far the authority got. */
  Optional<Progress> progress() {
    return intake.bookmark(directory).flatMap(Progress::read);
  }

  /**
   * Begins anew.
   *
   * @return whom the authority knows, or was told of
   */
  Set<SubjectId> begin() {
    open.clear();
    known = new HashSet<>(intake.known(directory));
    known.addAll(unclosed);
    return Set.copyOf(known);
  }

  boolean knows(SubjectId id) {
    return known.contains(id) || open.containsKey(id);
  }

  /** Takes the newest observation of a subject; earlier ones of it don't count any more. */
  void add(Observation observation) {
    open.put(observation.id(), observation);
    if (open.size() >= PART) {
      unclosed.addAll(open.keySet());
      intake.take(directory, DirectoryReport.part(List.copyOf(open.values())));
      remember();
    }
  }

  /** Whether nothing waits to be handed over. */
  boolean isEmpty() {
    return open.isEmpty() && unclosed.isEmpty();
  }

  /** Closes a reading. */
  void last(Progress progress) {
    intake.take(directory, DirectoryReport.last(List.copyOf(open.values()), progress.bookmark()));
    remember();
    unclosed.clear();
  }

  private void remember() {
    for (Observation observation : open.values()) {
      switch (observation) {
        case Observation.Present present -> known.add(present.id());
        case Observation.Gone gone -> known.remove(gone.id());
      }
    }
    open.clear();
  }
}
