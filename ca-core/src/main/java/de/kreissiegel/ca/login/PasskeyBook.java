package de.kreissiegel.ca.login;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where passkeys are kept. */
public interface PasskeyBook {
  Optional<Passkey> find(Bytes id);

  /** A person's, the oldest first. */
  List<Passkey> of(SubjectId holder);

  /**
   * Keeps a new one.
   *
   * @return false if one of that id is there already
   */
  boolean insert(Transaction transaction, Passkey passkey);

  /**
   * Notes that one was used.
   *
   * @param counter its signature counter then
   * @param backedUp whether there are copies of it then
   */
  void used(Transaction transaction, Bytes id, long counter, boolean backedUp, Instant at);

  /**
   * Forgets one of this person's.
   *
   * @return false if they have none of that id
   */
  boolean delete(Transaction transaction, SubjectId holder, Bytes id);
}
