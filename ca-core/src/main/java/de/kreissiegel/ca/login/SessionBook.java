package de.kreissiegel.ca.login;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where sessions are kept that all nodes share. A session that was ended never comes back. */
public interface SessionBook {
  /** One that isn't over. */
  Optional<StoredSession> find(Bytes key, Instant now);

  /**
   * Keeps a new one, and takes away some of those that are over. Of sessions in which nobody is
   * logged in the eldest go when there are too many: whoever asks for one gets one. Of a person's
   * sessions the one ends that began first, when there are more than {@link OwnSessions#MOST}.
   */
  void insert(StoredSession session, Instant now);

  /**
   * Changes one that isn't over, its key included. What others change at the same time comes before
   * or after. When somebody logs in by it, theirs are counted as with a new one.
   *
   * @param change gets what is kept now, and has no effect but its result
   * @return false if there is none any more; then nothing has changed
   */
  boolean change(Bytes key, Instant now, UnaryOperator<StoredSession> change);

  /** Ends one. */
  void delete(Bytes key);

  /** A person's that aren't over, the one that began last first. */
  List<OpenSession> of(SubjectId person, Instant now);

  /**
   * Ends one of a person's.
   *
   * @return false if it isn't theirs, or there is none
   */
  boolean end(SubjectId person, Bytes key);

  /**
   * Ends all of a person's but this one.
   *
   * @return how many
   */
  int endOthers(SubjectId person, Bytes own);
}
