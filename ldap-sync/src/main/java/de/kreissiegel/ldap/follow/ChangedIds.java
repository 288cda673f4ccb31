package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Entries that an Active Directory says were changed. It tells the changed attributes only, and
 * those of the whole domain: so each is read again, whole, below our base.
 */
final class ChangedIds {
  private final MappedDirectory directory;
  private final Set<SubjectId> ids = new LinkedHashSet<>();

  ChangedIds(MappedDirectory directory) {
    this.directory = directory;
  }

  /** Notes an entry, a tombstone too: it isn't found any more. */
  void add(SearchResultEntry entry) throws LDAPException {
    ids.add(directory.mapping().id().of(entry));
  }

  ChangeFeed.Batch read(Bytes mark) throws LDAPException {
    List<SearchResultEntry> entries =
        directory.entries(List.copyOf(ids), directory.mapping().attributes());
    var gone = new HashSet<>(ids);
    for (SearchResultEntry entry : entries) {
      gone.remove(directory.mapping().id().of(entry));
    }
    return new ChangeFeed.Batch(entries, gone, mark);
  }
}
