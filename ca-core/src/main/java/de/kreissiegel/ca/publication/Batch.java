package de.kreissiegel.ca.publication;

import static java.lang.System.Logger.Level.ERROR;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.publication.EntryChanges.Wish;
import de.kreissiegel.ca.publication.OutboxQueue.Errand;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Errands that were claimed together, carried out entry by entry, several entries at once. */
final class Batch {
  private static final System.Logger LOG = System.getLogger(Batch.class.getName());

  /** So many entries are changed at the same time. */
  private static final int LANES = 4;

  private final Destination destination;
  private final EntryChanges changes;
  private final Clock clock;
  private final Instant end;
  private final Queue<List<Errand>> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<Errand> done = new ConcurrentLinkedQueue<>();
  private final Queue<Errand> untouched = new ConcurrentLinkedQueue<>();
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<StoredCertificate> published = new ConcurrentLinkedQueue<>();
  private volatile @Nullable String outage;

  /**
   * @param end when nothing more is begun
   */
  Batch(Destination destination, EntryChanges changes, Clock clock, Instant end) {
    this.destination = destination;
    this.changes = changes;
    this.clock = clock;
    this.end = end;
  }

  /** Errands of one certificate that an entry refused, and what the directory said. */
  record Refusal(List<Errand> errands, String error) {}

  List<Errand> done() {
    return List.copyOf(done);
  }

  /** What wasn't tried, or may not have been done. */
  List<Errand> untouched() {
    return List.copyOf(untouched);
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** The certificates that are in their entries now. */
  List<StoredCertificate> published() {
    return List.copyOf(published);
  }

  /** Why the directory is out, if it is. */
  Optional<String> outage() {
    return Optional.ofNullable(outage);
  }

  /** Carries them out; the first entry alone, so that a dead directory is asked once. */
  void run(List<Errand> errands) {
    Map<SubjectId, List<Errand>> bySubject = new LinkedHashMap<>();
    for (Errand errand : errands) {
      bySubject.computeIfAbsent(errand.target().subject(), _ -> new ArrayList<>()).add(errand);
    }
    waiting.addAll(bySubject.values());
    takeOne();
    if (outage == null && !waiting.isEmpty()) {
      runLanes();
    }
    waiting.forEach(untouched::addAll);
  }

  private void runLanes() {
    List<Future<?>> lanes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < LANES; i++) {
        lanes.add(threads.submit(this::lane));
      }
    }
    for (Future<?> lane : lanes) {
      try {
        lane.get();
      } catch (ExecutionException broken) {
        throw new IllegalStateException("a lane broke", broken.getCause());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void lane() {
    while (outage == null && clock.instant().isBefore(end) && takeOne()) {
      // entry by entry
    }
  }

  private boolean takeOne() {
    List<Errand> next = waiting.poll();
    if (next != null) {
      carryOut(next);
    }
    return next != null;
  }

  private void carryOut(List<Errand> ofSubject) {
    List<Wish> wishes;
    try {
      wishes = changes.of(ofSubject, destination.rules());
    } catch (RuntimeException bug) {
      LOG.log(ERROR, "an errand can't be carried out", bug);
      refusals.add(new Refusal(ofSubject, String.valueOf(bug.getMessage())));
      return;
    }
    if (wishes.size() > 1 && attempt(wishes)) {
      return;
    }
    // One by one: what one value hinders doesn't hinder the others.
    for (Wish wish : wishes) {
      if (outage == null) {
        attemptAlone(wish);
      } else {
        untouched.addAll(wish.errands());
      }
    }
  }

  private boolean attempt(List<Wish> wishes) {
    try {
      var all = wishes.stream().flatMap(wish -> wish.changes().stream()).toList();
      change(wishes.getFirst().subject(), all);
      wishes.forEach(this::note);
      return true;
    } catch (DirectoryUnavailable away) {
      outage = away.getMessage();
      return false;
    } catch (EntryRefused | RuntimeException oneOfThem) {
      return false;
    }
  }

  private void attemptAlone(Wish wish) {
    try {
      change(wish.subject(), wish.changes());
      note(wish);
    } catch (DirectoryUnavailable away) {
      outage = away.getMessage();
      untouched.addAll(wish.errands());
    } catch (EntryRefused refused) {
      refusals.add(new Refusal(wish.errands(), String.valueOf(refused.getMessage())));
    } catch (RuntimeException bug) {
      LOG.log(ERROR, "a change of an entry can't be made", bug);
      refusals.add(new Refusal(wish.errands(), String.valueOf(bug.getMessage())));
    }
  }

  private void change(SubjectId subject, List<ValueChange> values)
      throws DirectoryUnavailable, EntryRefused {
    if (!values.isEmpty()) {
      destination.change(subject, values);
    }
  }

  private void note(Wish wish) {
    done.addAll(wish.errands());
    wish.published().ifPresent(published::add);
  }
}
