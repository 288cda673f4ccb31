package de.kreissiegel.ra.pages.persons;

import de.kreissiegel.ca.identity.Due;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;
import java.time.LocalDate;

/**
 * Somebody who has to be confirmed again, as the page shows it.
 *
 * @param tenant its id
 * @param administration what it is called
 * @param checked when they were last checked, in words
 * @param due until when, in words
 * @param own whether it is the officer themselves
 */
record DueRow(
    String subject,
    String name,
    String tenant,
    String administration,
    String checked,
    String due,
    Mark mark,
    boolean own) {
  static DueRow of(Due due, String self, Words words) {
    return new DueRow(
        due.subject().value(),
        due.name(),
        due.tenant().value(),
        words.tenant(due.tenant()),
        due.checked().map(day -> day(day, words)).orElseGet(() -> words.of("persons.never")),
        day(due.due(), words),
        due.overdue()
            ? new Mark(Tone.DANGER, "persons.overdue")
            : new Mark(Tone.WARNING, "persons.due-soon"),
        due.subject().value().equals(self));
  }

  private static String day(LocalDate day, Words words) {
    return words.date(day.atStartOfDay(Words.zone()).toInstant());
  }
}
