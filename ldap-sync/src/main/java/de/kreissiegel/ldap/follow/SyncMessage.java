package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;

/** What a server sends during content synchronisation (RFC 4533 §2, §3). */
sealed interface SyncMessage {
  /** An entry: added, modified, deleted, or still present. */
  record Entry(SearchResultEntry entry, ContentSyncStateControl state) implements SyncMessage {}

  /** A cookie, the end of a phase, or a set of ids. */
  record Info(ContentSyncInfoIntermediateResponse info) implements SyncMessage {}

  /** The server ended the search, or the connection broke. */
  record Ended(LDAPResult result) implements SyncMessage {}

  /** Something came that can't be read, or that hides entries. */
  record Wrong(LDAPException cause) implements SyncMessage {}

  /** Nothing came: somebody wants the waiting to end. */
  record Woken() implements SyncMessage {}
}
