package de.kreissiegel.ldap.mapping;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ldap.server.Connections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The ids behind entries' names, as far as they were seen or asked for. One for each reading. */
final class Names {
  private final Connections connections;
  private final DN base;
  private final IdAttribute ids;
  private final Map<String, Optional<SubjectId>> known = new HashMap<>();

  Names(Connections connections, DN base, IdAttribute ids) {
    this.connections = connections;
    this.base = base;
    this.ids = ids;
  }

  /** Remembers an entry that came by. */
  void seen(DN name, SubjectId id) {
    known.put(name.toNormalizedString(), Optional.of(id));
  }

  /** Whether an answer is there without asking the server. */
  boolean knows(String name) {
    return !DN.isValidDN(name) || known.containsKey(normalized(name));
  }

  /** The id behind a name; empty if the name leads nowhere, or out of our base. */
  Optional<SubjectId> idOf(String name) throws LDAPException {
    if (!DN.isValidDN(name)) {
      return Optional.empty();
    }
    DN dn = new DN(name);
    String key = dn.toNormalizedString();
    Optional<SubjectId> found = known.get(key);
    if (found == null) {
      found = dn.isDescendantOf(base, true) ? ask(name) : Optional.empty();
      known.put(key, found);
    }
    return found;
  }

  private Optional<SubjectId> ask(String name) throws LDAPException {
    Optional<SearchResultEntry> entry = connections.entry(name, ids.attribute());
    return entry.isEmpty() ? Optional.empty() : Optional.of(ids.of(entry.get()));
  }

  private static String normalized(String name) {
    try {
      return DN.normalize(name);
    } catch (LDAPException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
