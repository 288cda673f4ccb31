package de.kreissiegel.ca.roster;

import de.kreissiegel.ca.roster.Change.Kind;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds what is seen against what is known. */
public final class RosterDesk {
  private static final System.Logger LOG = System.getLogger(RosterDesk.class.getName());
  private final Roster roster;

  public RosterDesk(Roster roster) {
    this.roster = roster;
  }

  /**
   * Takes in what was seen, and tells what changed. A subject that another directory named first is
   * left to that one: an id says who somebody is, and may not be claimed by a second directory.
   */
  public List<Change> takeIn(
      Transaction transaction, DirectoryName directory, List<Observation> seen) {
    Map<SubjectId, Observation> latest = new LinkedHashMap<>();
    seen.forEach(one -> latest.put(one.id(), one));
    var round = new Round(roster.find(transaction, latest.keySet()));
    for (Observation one : latest.values()) {
      Optional<RosterEntry> before = round.known(one.id());
      if (before.isPresent() && !before.get().directory().equals(directory)) {
        LOG.log(
            Level.WARNING,
            "{0} of the directory {1} is not believed, it belongs to {2}",
            one.id(),
            directory,
            before.get().directory());
        continue;
      }
      switch (one) {
        case Observation.Present present -> round.present(RosterEntry.of(directory, present));
        case Observation.Gone gone -> round.gone(gone);
      }
    }
    roster.remove(transaction, round.gone);
    roster.put(transaction, List.copyOf(round.changed.values()));
    List<RosterEntry> functions = roster.accessibleTo(transaction, round.leavers);
    roster.put(transaction, functions.stream().map(round::withoutLeavers).toList());
    functions.forEach(round::lostKeyHolder);
    return List.copyOf(round.changes);
  }

  /** What one report leads to. */
  private static final class Round {
    final List<Change> changes = new ArrayList<>();
    final Map<SubjectId, RosterEntry> changed = new HashMap<>();
    final Set<SubjectId> gone = new HashSet<>();

    /** Who could work until now. */
    final Set<SubjectId> leavers = new HashSet<>();

    private final Map<SubjectId, RosterEntry> before;

    Round(Map<SubjectId, RosterEntry> before) {
      this.before = before;
    }

    Optional<RosterEntry> known(SubjectId id) {
      return Optional.ofNullable(before.get(id));
    }

    void present(RosterEntry now) {
      Optional<RosterEntry> last = known(now.id());
      changes.addAll(Change.between(last, now));
      if (!last.equals(Optional.of(now))) {
        changed.put(now.id(), now);
      }
      if (now.standing() == Standing.DISABLED && couldWork(last)) {
        leavers.add(now.id());
      }
    }

    void gone(Observation.Gone leaver) {
      Optional<RosterEntry> last = known(leaver.id());
      gone.add(leaver.id());
      if (couldWork(last)) {
        last.ifPresent(entry -> changes.add(Change.of(Kind.LEFT, entry, leaver.cause())));
        leavers.add(leaver.id());
      }
    }

    private static boolean couldWork(Optional<RosterEntry> last) {
      return last.map(entry -> entry.standing() != Standing.DISABLED).orElse(true);
    }

    /**
     * The function's entry may go on naming them; that they are named no more tells nothing new.
     */
    RosterEntry withoutLeavers(RosterEntry function) {
      var left = new HashSet<>(function.keyHolders());
      left.removeAll(leavers);
      return function.withKeyHolders(left);
    }

    void lostKeyHolder(RosterEntry function) {
      boolean told =
          changes.stream()
              .anyMatch(
                  change ->
                      change.kind() == Kind.KEY_HOLDER_LEFT
                          && change.subject().equals(function.id()));
      if (!told) {
        changes.add(Change.of(Kind.KEY_HOLDER_LEFT, function, "who had access has left"));
      }
    }
  }
}
