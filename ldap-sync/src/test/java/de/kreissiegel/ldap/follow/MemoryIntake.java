package de.kreissiegel.ldap.follow;

import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.DirectoryIntake;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * An authority that remembers: parts wait for the last one; roster and bookmark change together.
 * What a report changed is told apart from what it only said again.
 */
final class MemoryIntake implements DirectoryIntake {

  private final Map<SubjectId, Observation.Present> roster = new LinkedHashMap<>();
  private final Map<SubjectId, Observation> waiting = new LinkedHashMap<>();
  private final List<Observation> changes = new ArrayList<>();
  private Optional<Bookmark> bookmark = Optional.empty();
  private BooleanSupplier down = () -> false;
  private int reports;
  private int largest;

  /** Fails while this says so, as if the database were away. */
  synchronized void fails(BooleanSupplier when) {
    down = when;
  }

  @Override
  public synchronized Optional<Bookmark> bookmark(DirectoryName directory) {
    return bookmark;
  }

  @Override
  public synchronized Set<SubjectId> known(DirectoryName directory) {
    return new HashSet<>(roster.keySet());
  }

  @Override
  public synchronized void take(DirectoryName directory, DirectoryReport report) {
    if (down.getAsBoolean()) {
      throw new IllegalStateException("the database is down");
    }
    reports++;
    largest = Math.max(largest, report.seen().size());
    report.seen().forEach(seen -> waiting.put(seen.id(), seen));
    if (!report.last()) {
      return;
    }
    waiting.values().forEach(this::apply);
    waiting.clear();
    bookmark = report.after();
    notifyAll();
  }

  private void apply(Observation observation) {
    switch (observation) {
      case Observation.Present present -> {
        if (!present.equals(roster.put(present.id(), present))) {
          changes.add(present);
        }
      }
      case Observation.Gone gone -> {
        if (roster.remove(gone.id()) != null) {
          changes.add(gone);
        }
      }
    }
  }

  synchronized Map<SubjectId, Observation.Present> roster() {
    return Map.copyOf(roster);
  }

  /** What changed since the last call. */
  synchronized List<Observation> changes() {
    List<Observation> all = List.copyOf(changes);
    changes.clear();
    return all;
  }

  /** Waits until something changed; nothing after ten seconds. */
  synchronized List<Observation> awaitChanges() throws InterruptedException {
    long end = System.nanoTime() + 10_000_000_000L;
    while (changes.isEmpty() && System.nanoTime() < end) {
      wait(100);
    }
    return changes();
  }

  synchronized int reports() {
    return reports;
  }

  synchronized int largest() {
    return largest;
  }

  synchronized Optional<Bookmark> bookmark() {
    return bookmark;
  }

  synchronized void forget(SubjectId id) {
    roster.remove(id);
  }

  /** As if this one had been known, too. */
  synchronized void knows(Observation.Present present) {
    roster.put(present.id(), present);
  }
}
