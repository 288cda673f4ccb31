package de.kreissiegel.ldap.follow;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.IntermediateResponse;
import com.unboundid.ldap.sdk.IntermediateResponseListener;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One search in mode refreshAndPersist (RFC 4533 §3.4) on a connection of its own. Its messages
 * wait here, in their order; while too many do, the server waits.
 */
final class SyncSession
    implements AsyncSearchResultListener, IntermediateResponseListener, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_WAITING = 1_000;
  private static final int ALIVE_MILLIS = 10_000;

  private final transient LDAPConnection connection;
  private final transient BlockingQueue<SyncMessage> messages =
      new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile boolean closed;

  private SyncSession(LDAPConnection connection) {
    this.connection = connection;
  }

  /**
   * Begins.
   *
   * @param cookie how far we are; nothing for everything
   */
  static SyncSession open(MappedDirectory directory, Optional<ASN1OctetString> cookie)
      throws LDAPException {
    var session = new SyncSession(directory.connections().lasting());
    try {
      var request =
          new SearchRequest(
              session,
              directory.base().toString(),
              SearchScope.SUB,
              DereferencePolicy.NEVER,
              0,
              0,
              false,
              Filter.createPresenceFilter("objectClass"),
              directory.mapping().attributes());
      request.addControl(
          new ContentSyncRequestControl(
              true, ContentSyncRequestMode.REFRESH_AND_PERSIST, cookie.orElse(null), false));
      request.setIntermediateResponseListener(session);
      request.setResponseTimeoutMillis(0);
      session.connection.asyncSearch(request);
      return session;
    } catch (LDAPException e) {
      session.close();
      throw e;
    }
  }

  /** The next message; empty if none came in time. */
  Optional<SyncMessage> next(Duration patience) throws LDAPException {
    try {
      return Optional.ofNullable(messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LDAPException(ResultCode.LOCAL_ERROR, "interrupted", e);
    }
  }

  /** A server that hangs, or a net that drops packets, says nothing, just as if nothing changed. */
  void requireAlive() throws LDAPException {
    var question =
        new SearchRequest(
            "",
            SearchScope.BASE,
            Filter.createPresenceFilter("objectClass"),
            SearchRequest.NO_ATTRIBUTES);
    question.setResponseTimeoutMillis(ALIVE_MILLIS);
    connection.search(question);
  }

  void wake() {
    messages.offer(new SyncMessage.Woken());
  }

  @Override
  public void searchEntryReturned(SearchResultEntry entry) {
    try {
      ContentSyncStateControl state = ContentSyncStateControl.get(entry);
      put(
          state == null
              ? wrong("an entry without its state: " + entry.getDN(), null)
              : new SyncMessage.Entry(entry, state));
    } catch (LDAPException e) {
      put(new SyncMessage.Wrong(e));
    }
  }

  @Override
  public void searchReferenceReturned(SearchResultReference reference) {
    put(
        new SyncMessage.Wrong(
            new LDAPException(ResultCode.REFERRAL, "the answer refers to another server")));
  }

  @Override
  public void intermediateResponseReturned(IntermediateResponse response) {
    try {
      put(new SyncMessage.Info(ContentSyncInfoIntermediateResponse.decode(response)));
    } catch (LDAPException e) {
      put(wrong("a message that can't be read: " + e.getMessage(), e));
    }
  }

  @Override
  public void searchResultReceived(AsyncRequestID id, SearchResult result) {
    put(new SyncMessage.Ended(result));
  }

  private static SyncMessage wrong(String what, @Nullable Throwable cause) {
    return new SyncMessage.Wrong(new LDAPException(ResultCode.DECODING_ERROR, what, cause));
  }

  /** Called by the connection's reader: while it waits here, nothing more is read. */
  private void put(SyncMessage message) {
    try {
      while (!closed && !messages.offer(message, 100, TimeUnit.MILLISECONDS)) {
        // The authority is slower than the server.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    messages.clear();
    connection.close();
  }
}
