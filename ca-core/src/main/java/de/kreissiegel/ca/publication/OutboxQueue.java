package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The outbox as the worker sees it. Any number of workers may share it. */
public interface OutboxQueue {
  /**
   * Takes the next errand that is due, and lends it to the caller: nobody else gets it before the
   * lease ends. Errands of one certificate are lent in the order in which they were put in, the
   * next only after the one before is done: a withdrawal always has the last word.
   */
  Optional<Errand> claim(Instant now, Duration lease);

  /** It is done. */
  void done(Errand errand, Instant now);

  /** It failed; it is due again at that time. */
  void failed(Errand errand, Instant nextAttempt, String error);

  /** How much is not yet done, and since when. */
  Backlog backlog();

  /**
   * Something to be done outside.
   *
   * @param id its number in the outbox
   * @param attempts how often it was claimed, this time included
   */
  record Errand(
      long id,
      Outbox.Task task,
      SubjectId subject,
      AuthorityName authority,
      SerialNumber serial,
      int attempts) {}

  /**
   * What is not yet done.
   *
   * @param length how many errands
   * @param oldest when the oldest of them was put in; empty if there are none
   */
  record Backlog(long length, Optional<Instant> oldest) {}
}
