package de.kreissiegel.ca.publication;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.publication.AuthorityPostings.Found;
import de.kreissiegel.ca.publication.PostingBook.Due;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes authorities' certificates and lists to one directory. Of a list the newest that this node
 * has is written, whatever was there before.
 */
public final class PostingWorker {
  private static final System.Logger LOG = System.getLogger(PostingWorker.class.getName());
  private static final Duration LEASE = Duration.ofMinutes(5);

  /** Another node served it first; the copy comes within a second. */
  private static final Duration UNTIL_COPIED = Duration.ofSeconds(1);

  private final PostingBook book;
  private final AuthorityPostings postings;
  private final Destination destination;
  private final Clock clock;
  private final Patience patience = new Patience();

  PostingWorker(
      PostingBook book, AuthorityPostings postings, Destination destination, Clock clock) {
    this.book = book;
    this.postings = postings;
    this.destination = destination;
    this.clock = clock;
  }

  /**
   * Writes what is new, until nothing is or the directory doesn't answer. To be called every second
   * or so.
   *
   * @return how many were written
   */
  public int work() {
    if (!destination.rules().authorities()) {
      return 0;
    }
    postings.look(destination.name(), destination.rules());
    int written = 0;
    while (!patience.isLeftAlone(clock.instant())) {
      Optional<Due> due = book.claim(destination.name(), clock.instant(), LEASE);
      if (due.isEmpty()) {
        return written;
      }
      written += carryOut(due.get());
    }
    return written;
  }

  private int carryOut(Due due) {
    Instant now = clock.instant();
    try {
      Optional<Found> found = postings.find(due.topic(), destination.rules().largestList());
      if (found.isEmpty() || found.get().version() < due.version()) {
        book.later(destination.name(), due.topic(), now.plus(UNTIL_COPIED));
        return 0;
      }
      destination.post(found.get().posting());
      book.written(destination.name(), due.topic(), found.get().version(), found.get().tag());
      patience.worked();
      return 1;
    } catch (IOException replacedJustNow) {
      book.later(destination.name(), due.topic(), now.plus(UNTIL_COPIED));
    } catch (DirectoryUnavailable away) {
      book.later(destination.name(), due.topic(), now);
      isOut(away, now);
    } catch (EntryRefused refused) {
      isRefused(due, String.valueOf(refused.getMessage()), now);
    }
    return 0;
  }

  private void isOut(DirectoryUnavailable away, Instant now) {
    if (!patience.isOut()) {
      LOG.log(
          WARNING,
          "lists wait: the directory {0} is out: {1}",
          destination.name(),
          away.getMessage());
    }
    patience.failed(now);
  }

  private void isRefused(Due due, String error, Instant now) {
    Duration pause = Patience.afterRefusal(due.attempts());
    book.refused(destination.name(), due.topic(), now.plus(pause), error);
    LOG.log(
        due.attempts() == 1 ? WARNING : INFO,
        "the directory {0} refuses the {1} of {2}, attempt {3}, again in {4}: {5}",
        destination.name(),
        due.topic().kind(),
        due.topic().entry(),
        due.attempts(),
        pause,
        error);
  }
}
