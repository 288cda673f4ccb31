package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.mapping.IdAttribute;
import java.util.Optional;
import java.util.UUID;

/**
 * The refresh stage of content synchronisation (RFC 4533 §3.3.1): a present phase names all that is
 * there, a delete phase what isn't any more.
 */
final class Refresh {
  private final Content content;
  private Optional<Bytes> cookie = Optional.empty();
  private boolean complete;
  private boolean done;

  Refresh(Content content) {
    this.content = content;
  }

  boolean isDone() {
    return done;
  }

  /** The newest one that the server sent. */
  Optional<Bytes> cookie() {
    return cookie;
  }

  void take(SyncMessage message) throws LDAPException {
    switch (message) {
      case SyncMessage.Entry entry -> take(entry.entry(), entry.state());
      case SyncMessage.Info info -> take(info.info());
      case SyncMessage.Ended ended -> throw ContentSync.over(ended.result());
      case SyncMessage.Wrong wrong -> throw wrong.cause();
      case SyncMessage.Woken _ -> {}
    }
  }

  /** Closes it; false as {@link Content#finish} says. */
  boolean finish(Progress progress) throws LDAPException {
    return content.finish(complete, progress);
  }

  private void take(SearchResultEntry entry, ContentSyncStateControl state) throws LDAPException {
    SubjectId id = IdAttribute.of(state.getEntryUUID());
    switch (state.getState()) {
      case ADD, MODIFY -> content.take(entry, id);
      case PRESENT -> content.present(id);
      case DELETE -> content.deleted(id);
    }
    cookie = ContentSync.newer(state.getCookie(), cookie);
  }

  private void take(ContentSyncInfoIntermediateResponse info) {
    switch (info.getType()) {
      case NEW_COOKIE -> {}
      case SYNC_ID_SET -> {
        for (UUID uuid : info.getEntryUUIDs()) {
          SubjectId id = IdAttribute.of(uuid);
          if (info.refreshDeletes()) {
            content.deleted(id);
          } else {
            content.present(id);
          }
        }
      }
      case REFRESH_PRESENT -> {
        complete = true;
        done = info.refreshDone();
      }
      case REFRESH_DELETE -> done = info.refreshDone();
    }
    cookie = ContentSync.newer(info.getCookie(), cookie);
  }
}
