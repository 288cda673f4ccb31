package de.kreissiegel.ra.pages.helpdesk;

import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import java.time.Instant;

/**
 * A letter as the help desk sees it: not its text, but that it was sent, and what became of it.
 *
 * @param id its number
 * @param title what it tells
 * @param address where it went
 * @param at when it was written
 * @param mark what became of it
 * @param error what the mail server said; may be empty
 * @param canBeSentAgain whether there is a button
 */
record LetterLine(
    long id,
    String title,
    String address,
    Instant at,
    Mark mark,
    String error,
    boolean canBeSentAgain) {
  static LetterLine of(LetterBook.Sent sent, boolean sending, String title) {
    return new LetterLine(
        sent.id(),
        title,
        sent.letter().address(),
        sent.letter().createdAt(),
        new Mark(tone(sent.state()), "helpdesk.letter.state." + sent.state()),
        sent.error(),
        sending && sent.state() != LetterBook.State.WAITING);
  }

  private static Tone tone(LetterBook.State state) {
    return switch (state) {
      case SENT -> Tone.SUCCESS;
      case FAILED, BOUNCED -> Tone.DANGER;
      case WAITING, DROPPED -> Tone.INFO;
    };
  }
}
