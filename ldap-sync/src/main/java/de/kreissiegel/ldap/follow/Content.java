package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.subject.SubjectId;

/** What a refresh tells of. */
sealed interface Content permits FullReading, Resumed {
  /**
   * An entry that is new, or not as it was.
   *
   * @throws LDAPException also if it shows another id than it came under: one of the two lies
   */
  void take(SearchResultEntry entry, SubjectId id) throws LDAPException;

  /** An entry that is there as it was. */
  void present(SubjectId id);

  /** An entry that is not there any more. */
  void deleted(SubjectId id);

  /**
   * Hands over what is left, and who is gone.
   *
   * @param complete whether the server named all that is there
   * @return false if only a reading of everything tells what follows; nothing was closed then
   * @throws LDAPException if this can't be the truth
   */
  boolean finish(boolean complete, Progress progress) throws LDAPException;
}
