package de.kreissiegel.ra.pages.revision;

import de.kreissiegel.ca.revision.Revision;
import de.kreissiegel.ca.revision.Task;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;
import java.util.Optional;

/**
 * A review that has to be made, as the list shows it.
 *
 * @param area whose affairs, in words
 * @param tenant their id; empty for the house
 * @param first the first day of the period
 * @param mark how far it is
 * @param progress how far, in words; empty before it was opened
 * @param address of the review; empty before it was opened
 * @param opens whether it can be opened
 */
record TaskRow(
    String area,
    String tenant,
    String first,
    Mark mark,
    String progress,
    String address,
    boolean opens) {
  static TaskRow of(Task task, Words words) {
    Optional<Revision> revision = task.revision();
    return new TaskRow(
        area(task.tenant(), words),
        task.tenant().map(TenantId::value).orElse(""),
        task.period().first().toString(),
        mark(task),
        revision.map(one -> progress(one, words)).orElse(""),
        revision.map(one -> "/revision/" + one.id()).orElse(""),
        task.state() == Task.State.TO_OPEN);
  }

  static String area(Optional<TenantId> tenant, Words words) {
    return tenant.map(words::tenant).orElseGet(() -> words.of("revision.house"));
  }

  private static String progress(Revision revision, Words words) {
    Revision.Progress progress = revision.progress();
    return words.of("revision.progress", progress.judged(), progress.items(), progress.findings());
  }

  private static Mark mark(Task task) {
    if (task.overdue()) {
      return new Mark(Tone.DANGER, "revision.state.overdue");
    }
    return new Mark(
        switch (task.state()) {
          case RUNNING -> Tone.INFO;
          case TO_OPEN, OPEN -> Tone.WARNING;
          case SIGNED -> Tone.SUCCESS;
        },
        "revision.state." + task.state());
  }
}
