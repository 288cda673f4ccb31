package de.kreissiegel.ra.pages.bulk;

import de.kreissiegel.ca.bulk.BulkJob;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;

/**
 * A list as pages show it.
 *
 * @param kind the end of its word's name
 * @param title which kind of certificate
 * @param at when it was brought
 * @param counts how far it is
 * @param settled how many rows are at their end, of those that are to be done
 * @param todo how many are to be done
 * @param width of the bar, 0 to 100
 * @param canStart whether its maker may let it begin, or go on
 * @param canPause whether it may be stopped for a while
 * @param canCancel whether it may be ended
 */
record JobRow(
    String id,
    String kind,
    String title,
    Instant at,
    Mark mark,
    String state,
    BulkJob.Counts counts,
    int settled,
    int todo,
    double width,
    boolean canStart,
    boolean canPause,
    boolean canCancel) {
  static JobRow of(BulkJob job, Words words) {
    BulkJob.Counts counts = job.counts();
    boolean checking = job.state() == BulkJob.State.CHECKING;
    int todo = checking ? counts.total() : counts.ready() + counts.done() + counts.failed();
    int settled = checking ? counts.total() - counts.unchecked() : counts.done() + counts.failed();
    return new JobRow(
        job.id().toString(),
        job.kind().name(),
        words.profile(job.profile()),
        job.madeAt(),
        new Mark(tone(job), "bulk.state." + job.state()),
        job.state().name(),
        counts,
        settled,
        todo,
        todo == 0 ? 0 : Math.round(1000.0 * settled / todo) / 10.0,
        counts.ready() > 0
            && (job.state() == BulkJob.State.READY || job.state() == BulkJob.State.PAUSED),
        job.state() == BulkJob.State.RUNNING,
        !job.state().isOver());
  }

  private static Tone tone(BulkJob job) {
    return switch (job.state()) {
      case CHECKING, RUNNING, CANCELLED -> Tone.INFO;
      case READY, PAUSED -> Tone.WARNING;
      case DONE -> job.counts().failed() == 0 ? Tone.SUCCESS : Tone.WARNING;
    };
  }
}
