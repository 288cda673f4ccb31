package de.kreissiegel.ca.login;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where sessions are kept that all nodes share. A session that was ended never comes back. */
public interface SessionBook {
  /** One that isn't over. */
  Optional<StoredSession> find(Bytes key, Instant now);

  /**
   * Keeps a new one, and takes away some of those that are over. Of sessions in which nobody is
   * logged in the eldest go when there are too many: whoever asks for one gets one.
   */
  void insert(StoredSession session, Instant now);

  /**
   * Changes one that isn't over, its key included. What others change at the same time comes before
   * or after.
   *
   * @param change gets what is kept now, and has no effect but its result
   * @return false if there is none any more; then nothing has changed
   */
  boolean change(Bytes key, Instant now, UnaryOperator<StoredSession> change);

  /** Ends one. */
  void delete(Bytes key);
}
