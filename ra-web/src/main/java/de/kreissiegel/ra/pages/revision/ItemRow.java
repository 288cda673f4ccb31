package de.kreissiegel.ra.pages.revision;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.revision.Revision;
import de.kreissiegel.ca.revision.SampleItem;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;

/**
 * An item of a sample.
 *
 * @param kind in words
 * @param mark what was said of it
 * @param own whether it is a deed of who looks
 * @param changed whether the event was changed since it was drawn
 */
record ItemRow(
    int number,
    String kind,
    EventRow event,
    Mark mark,
    boolean own,
    boolean changed,
    boolean judged,
    String address) {
  static ItemRow of(Revision revision, SampleItem item, Actor.Person person, Words words) {
    return new ItemRow(
        item.number(),
        words.of("revision.kind." + item.kind()),
        EventRow.of(item.event(), words),
        mark(item, person),
        item.isDeedOf(person),
        item.isChanged(),
        item.isJudged(),
        "/revision/" + revision.id() + "/items/" + item.number());
  }

  private static Mark mark(SampleItem item, Actor.Person person) {
    if (item.findings() > 0) {
      return new Mark(Tone.DANGER, "revision.item.finding");
    }
    if (item.inOrder().isPresent()) {
      return new Mark(Tone.SUCCESS, "revision.item.in-order");
    }
    return item.isDeedOf(person)
        ? new Mark(Tone.WARNING, "revision.item.own")
        : new Mark(Tone.INFO, "revision.item.open");
  }
}
