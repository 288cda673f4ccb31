package de.kreissiegel.ldap.publish;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ModifyRequest;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.Optional;

/** A directory's entries, as whoever publishes sees them. */
public interface Entries {
  /** The subject's entry as it is now; empty if it is gone. */
  Optional<Entry> of(SubjectId subject, String... attributes) throws LDAPException;

  /** The entry of this name; empty if there is none. */
  Optional<Entry> at(String dn, String... attributes) throws LDAPException;

  /** Changes an entry, all of it or nothing. */
  void modify(ModifyRequest request) throws LDAPException;

  /** Adds an entry. */
  void add(Entry entry) throws LDAPException;
}
