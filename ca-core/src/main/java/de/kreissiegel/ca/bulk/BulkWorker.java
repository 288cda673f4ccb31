package de.kreissiegel.ca.bulk;

import static java.lang.System.Logger.Level.INFO;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.bulk.BulkJob.State;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.lifecycle.EffectBook;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Works at lists, a few rows at a time, so that a pause is heard soon and other nodes get their
 * share. Whoever made a list is asked for anew each time: what they may not do any more isn't done.
 */
public final class BulkWorker {
  private static final System.Logger LOG = System.getLogger(BulkWorker.class.getName());
  private static final int AT_ONCE = 25;
  private static final int ROUNDS = 10;
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration KEPT = Duration.ofDays(30);

  /** They say nothing of the row: it is tried again. */
  private static final Set<RefusalReason> PASSING =
      Set.of(RefusalReason.DIRECTORY_UNAVAILABLE, RefusalReason.SIGNER_UNAVAILABLE);

  private final BulkDesk.Records records;
  private final BulkSteps steps;
  private final StaffLogin staff;
  private final Clock clock;

  /**
   * What rows are held against, and done with.
   *
   * @param staff people with the offices that directory and grants give them now
   */
  public record Surroundings(
      RegistrationDesk registration,
      CertificateBook certificates,
      RequestBook requests,
      EffectBook effects,
      SubjectDirectory directory,
      StaffLogin staff) {}

  public BulkWorker(BulkDesk.Records records, Surroundings on, Clock clock) {
    this.records = records;
    this.steps =
        new BulkSteps(
            records,
            new BulkSteps.Holdings(on.certificates(), on.requests(), on.effects()),
            on.registration(),
            on.directory(),
            clock);
    this.staff = on.staff();
    this.clock = clock;
  }

  /** Some of what is to be done. A job's method, to be called every second or so. */
  public void work() {
    for (BulkJob job : records.jobs().active()) {
      try {
        Optional<Actor.Person> officer =
            staff.current(job.maker()).map(one -> one.provenBy(job.proof()));
        for (int i = 0; i < ROUNDS && workOn(job, officer); i++) {
          // As long as there are rows.
        }
      } catch (DirectoryUnavailable away) {
        LOG.log(INFO, "a list waits for the directory: {0}", away.getMessage());
      }
    }
  }

  /** Deletes lists that were kept for long enough. */
  public void forget() {
    records.jobs().forget(clock.instant().minus(KEPT));
  }

  /** Whether there may be more. */
  private boolean workOn(BulkJob job, Optional<Actor.Person> officer) {
    boolean checking = job.state() == State.CHECKING;
    Instant now = clock.instant();
    List<BulkRow> rows =
        checking
            ? records.jobs().unchecked(job.id(), AT_ONCE, now, now.plus(LEASE))
            : records.jobs().due(job.id(), AT_ONCE, now, now.plus(LEASE));
    if (rows.isEmpty()) {
      finish(job);
      return false;
    }
    boolean goOn = true;
    for (BulkRow row : rows) {
      goOn &= checking ? check(officer, job, row) : perform(officer, job, row);
    }
    return goOn;
  }

  private boolean check(Optional<Actor.Person> officer, BulkJob job, BulkRow row) {
    try {
      steps.settle(job, steps.check(present(officer), job, row));
    } catch (Refused refused) {
      if (PASSING.contains(refused.reason())) {
        steps.settle(job, row);
        return false;
      }
      steps.settle(job, row.refused(BulkRow.State.FAULTY, refused));
    } catch (IllegalArgumentException unreadable) {
      steps.settle(job, row.refused(BulkRow.State.FAULTY, unreadable(row, unreadable)));
    }
    return true;
  }

  private boolean perform(Optional<Actor.Person> officer, BulkJob job, BulkRow row) {
    try {
      steps.perform(present(officer), job, row);
    } catch (Refused refused) {
      if (PASSING.contains(refused.reason())) {
        steps.settle(job, row.again());
        return false;
      }
      steps.settle(job, row.refused(BulkRow.State.FAILED, refused));
    } catch (IllegalArgumentException unreadable) {
      steps.settle(job, row.refused(BulkRow.State.FAILED, unreadable(row, unreadable)));
    }
    return true;
  }

  /** Else one row would hold up its list for ever. */
  private static Refused unreadable(BulkRow row, IllegalArgumentException why) {
    LOG.log(INFO, "row {0} of a list can''t be read: {1}", row.number(), why.getMessage());
    return new Refused(RefusalReason.BAD_DATA_FORMAT, "this row can't be read");
  }

  private static Actor.Person present(Optional<Actor.Person> officer) throws Refused {
    return officer.orElseThrow(
        () -> new Refused(RefusalReason.NOT_AUTHORIZED, "who brought the list has left"));
  }

  /** Nothing is lent and nothing is left: the list moves on. */
  private void finish(BulkJob seen) {
    records
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              Optional<BulkJob> job = records.jobs().lock(transaction, seen.id());
              if (job.isPresent() && job.get().state() == seen.state()) {
                BulkJob.Counts counts = job.get().counts();
                boolean checking = seen.state() == State.CHECKING;
                if (checking ? counts.unchecked() == 0 : counts.ready() == 0) {
                  State next = checking ? State.READY : State.DONE;
                  records.jobs().move(transaction, seen.id(), next, clock.instant());
                  tell(transaction, job.get(), next);
                }
              }
              return true;
            });
  }

  private void tell(Transaction transaction, BulkJob job, State next) {
    if (next == State.DONE) {
      BulkJob.Counts counts = job.counts();
      records
          .audit()
          .append(
              transaction,
              new Actor.Component("bulk"),
              "bulk.done",
              Optional.empty(),
              job.auditName(),
              "done=%d failed=%d faulty=%d"
                  .formatted(counts.done(), counts.failed(), counts.faulty()));
    }
  }
}
