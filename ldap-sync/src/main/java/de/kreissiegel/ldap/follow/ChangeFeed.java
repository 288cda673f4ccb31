package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server that answers when it is asked what changed. */
interface ChangeFeed {
  SourceKind kind();

  /** What has to be read of each entry besides the mapping's attributes. */
  String[] further();

  /** Begins before everything is read, so that no change falls between. */
  Start start() throws LDAPException;

  /** Where the feed stood when a reading of everything began. */
  interface Start {
    /** An entry of that reading came by. */
    void saw(SearchResultEntry entry) throws LDAPException;

    /** From where to go on, once the reading is over. */
    Bytes mark();
  }

  /** What changed since a mark; empty if the server can't tell, so that all has to be read. */
  Optional<Batch> since(Bytes mark) throws LDAPException;

  /**
   * What changed.
   *
   * @param entries new ones and changed ones, as they are now
   * @param gone ids of entries that changed and aren't to be found below our base
   * @param mark from where to go on
   */
  record Batch(List<SearchResultEntry> entries, Set<SubjectId> gone, Bytes mark) {}
}
