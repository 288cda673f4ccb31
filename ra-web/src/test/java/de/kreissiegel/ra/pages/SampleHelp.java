package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.audit.AuditBook;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.helpdesk.HelpDesk;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.letter.Letter;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.letter.LetterDesk;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.subject.SubjectDirectory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The help desk, the real one, over what the other desks of the samples hold; letters arrive. */
final class SampleHelp {
  final LetterDesk letters;
  final HelpDesk desk;

  SampleHelp(SampleDesks desks, SubjectDirectory directory, Clock clock, SecureRandom random) {
    Hotline.Books books = SampleCodes.books(desks);
    letters =
        new LetterDesk(
            new LetterDesk.Records(
                book(clock.instant()), books.transactions(), mock(AuditTrail.class)),
            clock,
            random);
    var requests = mock(RequestBook.class);
    when(requests.ofApplicant(any(), anyInt(), anyInt())).thenReturn(List.of());
    var events = mock(AuditBook.class);
    when(events.search(any(), any())).thenAnswer(call -> desks.eventsOf(call.getArgument(1)));
    desk =
        new HelpDesk(
            new HelpDesk.Records(
                books.certificates(),
                requests,
                desks.reviewBook(),
                books.codes(),
                events,
                mock(ReadLog.class)),
            directory,
            desks.revocation,
            letters);
  }

  private static LetterBook book(Instant now) {
    var book = mock(LetterBook.class);
    when(book.troublesAbout(any())).thenReturn(List.of());
    when(book.standing()).thenReturn(new LetterBook.Standing(true, 0, 0, Optional.empty(), 0, 0));
    when(book.write(any(), any(Letter.class))).thenReturn(true);
    when(book.to(any(), any(), any(), anyInt()))
        .thenReturn(
            List.of(
                sent(2, LetterKind.READY, LetterBook.State.SENT, "", now),
                sent(
                    1,
                    LetterKind.REMINDER,
                    LetterBook.State.BOUNCED,
                    "550 5.2.2 mailbox full",
                    now.minus(Duration.ofDays(3)))));
    return book;
  }

  private static LetterBook.Sent sent(
      long id, LetterKind kind, LetterBook.State state, String error, Instant at) {
    return new LetterBook.Sent(
        id,
        new Letter(
            "sample/" + id,
            kind,
            Optional.of(SamplePeople.HASSFURT),
            "certificate:people/0a",
            Optional.of(SamplePeople.STAFF.id()),
            SamplePeople.STAFF.mail().orElseThrow(),
            Map.of(),
            "00",
            at),
        state,
        Optional.of(at),
        error);
  }
}
