package de.kreissiegel.ca.securitykey;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;

/** Where it is kept by what officers may approve; who removes a passkey removes this with it. */
public interface SecurityKeyBook {
  /** A person's, the oldest first. */
  List<SecurityKey> of(SubjectId holder);

  /**
   * Keeps one, in place of an earlier registration of the same passkey.
   *
   * @return false if the passkey isn't there, or is another's
   */
  boolean put(Transaction transaction, SecurityKey key);

  /**
   * Forgets one of this person's; their passkey stays.
   *
   * @return false if there was none
   */
  boolean delete(Transaction transaction, SubjectId holder, Bytes credential);
}
