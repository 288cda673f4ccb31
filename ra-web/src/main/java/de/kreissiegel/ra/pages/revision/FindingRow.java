package de.kreissiegel.ra.pages.revision;

import de.kreissiegel.ca.revision.Finding;
import de.kreissiegel.ca.revision.Finding.StepKind;
import de.kreissiegel.ca.revision.Said;
import de.kreissiegel.ca.revision.SealedText;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;
import java.util.List;

/**
 * A finding.
 *
 * @param area whose affairs, in words
 * @param severity how grave, in words
 * @param office who has to answer, in words
 * @param text what is wrong
 * @param said who found it, and when
 * @param item which item; 0 for something at large
 * @param review address of its review
 * @param address of it, for what is done with it
 */
record FindingRow(
    String id,
    String area,
    String severity,
    Mark mark,
    String office,
    String text,
    String said,
    int item,
    List<StepRow> steps,
    boolean open,
    String review,
    String address) {
  /** What became of it. */
  record StepRow(boolean closed, String text, String said) {}

  static FindingRow of(Finding finding, Words words) {
    String review = "/revision/" + finding.revision();
    return new FindingRow(
        finding.id().toString(),
        TaskRow.area(finding.tenant(), words),
        words.of("revision.severity." + finding.severity()),
        finding.isOpen()
            ? new Mark(
                switch (finding.severity()) {
                  case NOTE -> Tone.INFO;
                  case MINOR -> Tone.WARNING;
                  case MAJOR, CRITICAL -> Tone.DANGER;
                },
                "revision.finding.open")
            : new Mark(Tone.SUCCESS, "revision.finding.closed"),
        words.of("office." + finding.office()),
        text(finding.text(), words),
        said(finding.found(), words),
        finding.item().orElse(0),
        finding.steps().stream()
            .map(
                step ->
                    new StepRow(
                        step.kind() == StepKind.CLOSED,
                        text(step.text(), words),
                        said(step.said(), words)))
            .toList(),
        finding.isOpen(),
        review,
        review + "/findings/" + finding.id());
  }

  static String text(SealedText text, Words words) {
    return text.words().orElseGet(() -> words.of("revision.erased"));
  }

  static String said(Said said, Words words) {
    return words.of(
        "revision.said", said.name().orElse("person:" + said.by()), words.time(said.at()));
  }
}
