package de.kreissiegel.ca.letter;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where cues and letters are kept. Any number of nodes may share it. */
public interface LetterBook {
  /**
   * Says whether anybody sends letters. As long as nobody does, cues aren't kept; those that are
   * there when it ends are dropped, for nobody wants to hear of them months later.
   */
  void open(boolean sending);

  /** Keeps a cue, if letters are sent and there is none of its key. */
  void note(Transaction transaction, Cue cue);

  /**
   * Lends cues that are due, the oldest first: nobody else gets them before the lease ends.
   *
   * @return in the order in which they were noted
   */
  List<Cue> cues(int atMost, Instant now, Duration lease);

  /** It is due again at that time. */
  void putOff(Cue cue, Instant until);

  /** It has become these letters, unless it has already; of a key that is there none is written. */
  void write(Cue cue, Collection<Letter> letters);

  /**
   * Lends letters that are due, the oldest first: nobody else gets them before the lease ends.
   *
   * @return in the order in which they were written
   */
  List<Lent> claim(int atMost, Instant now, Duration lease);

  /** The server has taken it. */
  void sent(long id, Instant now);

  /** There is no reason any more to send it. */
  void dropped(long id, Instant now);

  /** It wasn't tried: it is due again at once. */
  void giveBack(Collection<Long> ids, Instant now);

  /** It was not taken; it is due again at that time. */
  void putOff(long id, Instant until, String error);

  /** It is not tried any more; whether it still waited. */
  boolean failed(Transaction transaction, long id, Instant now, String error);

  /**
   * A letter that was sent didn't arrive.
   *
   * @return which; empty if there is none of this token, or this is known
   */
  Optional<Letter> bounced(Transaction transaction, String token, Instant now, String error);

  /** Has what failed tried again at once; how many. */
  int tryAgain(Instant now);

  /** Deletes at most so many letters that came to their end before this time; how many. */
  int forget(Instant endedBefore, int atMost);

  /** How the queue stands. */
  Standing standing();

  /**
   * Letters of these kinds to this person that are about something of these tenants, newest first;
   * none that doesn't say about what.
   */
  List<Sent> to(SubjectId recipient, Set<TenantId> tenants, Set<LetterKind> kinds, int atMost);

  /** Has a letter sent, unless there is one of its key; whether there was none. */
  boolean write(Transaction transaction, Letter letter);

  /** What failed or came back, newest first. */
  List<Entry> troubles(int atMost);

  /** The same of one thing, as the audit trail names it. */
  List<Entry> troublesAbout(String about);

  /** Whose officer's certificate names this tenant, and holds now. */
  Set<SubjectId> officers(TenantId tenant, Set<String> officerProfiles, Instant now);

  /** Whose officer's certificate is for every tenant, and holds now: they appoint officers. */
  Set<SubjectId> leads(Set<String> officerProfiles, Instant now);

  /**
   * A letter that is lent.
   *
   * @param id its number
   * @param attempts how often it was lent, this time included
   */
  record Lent(long id, Letter letter, int attempts) {}

  /**
   * The queue.
   *
   * @param sending whether anybody sends letters
   * @param cues how many haven't become letters
   * @param waiting how many letters wait
   * @param oldest since when the oldest of both is there
   * @param failed how many were given up and are kept
   * @param bounced how many came back and are kept
   */
  record Standing(
      boolean sending,
      long cues,
      long waiting,
      Optional<Instant> oldest,
      long failed,
      long bounced) {}

  /** What became of a letter. */
  enum State {
    WAITING,
    SENT,
    /** It was given up. */
    FAILED,
    /** It came back. */
    BOUNCED,
    /** There was no reason any more to send it. */
    DROPPED
  }

  /**
   * A letter that is kept.
   *
   * @param id its number
   * @param settledAt when it came to its end; empty while it waits
   * @param error what the server said; may be empty
   */
  record Sent(long id, Letter letter, State state, Optional<Instant> settledAt, String error) {}

  /**
   * A letter that didn't arrive.
   *
   * @param bounced whether it came back; else it was given up
   * @param attempts how often it was tried
   * @param at when that was known
   * @param error what the server said
   */
  record Entry(
      LetterKind kind,
      String about,
      String address,
      boolean bounced,
      int attempts,
      Instant at,
      String error) {}
}
