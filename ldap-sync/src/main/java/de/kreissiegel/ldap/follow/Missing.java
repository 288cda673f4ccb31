package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Those who were known and that a reading of everything didn't name. */
final class Missing {
  /** Above so many it is the brake's affair: asking for each would only take time. */
  private static final int MOST_ASKED_FOR = 500;

  private Missing() {}

  /** Takes an entry that is there after all. */
  interface Taker {
    void take(SearchResultEntry entry, SubjectId id) throws LDAPException;
  }

  /**
   * Who of them is gone, once we asked for each: an entry that moved while the pages were read may
   * have been on none of them.
   *
   * @param named whom the reading named, present or deleted
   * @throws LDAPException also if the reading named nobody of them as present, or if the base is
   *     gone
   */
  static Set<SubjectId> of(
      Set<SubjectId> known,
      Set<SubjectId> named,
      boolean anybody,
      MappedDirectory directory,
      Taker taker)
      throws LDAPException {
    if (!anybody && !known.isEmpty()) {
      throw new LDAPException(
          ResultCode.OTHER, "nobody is found, and " + known.size() + " were known");
    }
    List<SubjectId> missing = known.stream().filter(id -> !named.contains(id)).toList();
    var gone = new HashSet<>(missing);
    if (missing.isEmpty()) {
      return gone;
    }
    directory.requireBase();
    if (missing.size() <= MOST_ASKED_FOR) {
      for (SearchResultEntry entry : directory.entries(missing, directory.mapping().attributes())) {
        SubjectId id = directory.mapping().id().of(entry);
        gone.remove(id);
        taker.take(entry, id);
      }
    }
    return gone;
  }
}
