package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.RosterEntry;
import de.kreissiegel.ca.roster.Standing;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holders of certificates and applicants whom no reading has told of: they left before the first
 * one, or their directory isn't configured any more. Each is asked for by id, and only a clear
 * answer counts.
 */
final class Stragglers {
  private static final int MOST = 500;

  private final PlanBook plans;
  private final SubjectDirectory directory;
  private final ChangeIntake intake;
  private final Clock clock;

  Stragglers(PlanBook plans, SubjectDirectory directory, ChangeIntake intake, Clock clock) {
    this.plans = plans;
    this.directory = directory;
    this.intake = intake;
    this.clock = clock;
  }

  void look() {
    var left = new ArrayList<Change>();
    try {
      for (PlanBook.Holder holder : plans.unaccounted(clock.instant(), MOST)) {
        Optional<Subject> found = directory.find(holder.subject());
        if (found.isEmpty()) {
          left.add(left(holder, "no entry in any directory"));
        } else if (!found.get().enabled()) {
          left.add(left(holder, "entry disabled"));
        }
      }
    } catch (DirectoryUnavailable doubt) {
      return; // Nothing is concluded, not even from those who were found.
    }
    if (!left.isEmpty()) {
      intake.takeIn(ChangeIntake.ALL, left);
    }
  }

  private static Change left(PlanBook.Holder holder, String cause) {
    return new Change(Change.Kind.LEFT, lastKnown(holder), Set.of(), cause);
  }

  private static RosterEntry lastKnown(PlanBook.Holder holder) {
    return new RosterEntry(
        holder.subject(),
        ChangeIntake.ALL,
        SubjectKind.PERSON,
        holder.tenant(),
        Set.of(holder.tenant()),
        List.of(holder.name(), "", "", ""),
        List.of("", ""),
        Standing.DISABLED,
        Set.of());
  }
}
