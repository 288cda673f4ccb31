package de.kreissiegel.ldap.server;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryRequestHandler;
import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.IntermediateResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncState;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server over UnboundID's in-memory one that does what a test says: content synchronisation
 * message by message (RFC 4533), and any other answer that a real one would never give.
 */
public final class ScriptedServer implements AutoCloseable {
  public static final String ADMINISTRATOR = "cn=administrator";
  public static final String PASSWORD = "secret";

  /** What to send when somebody asks for content synchronisation. */
  public interface Sync {
    void run(Wire wire, Optional<String> cookie) throws Exception;
  }

  /** Answers a search in place of the store; nothing leaves it to the store. */
  public interface Trick {
    Optional<LDAPMessage> answer(
        LDAPListenerClientConnection connection, int messageId, SearchRequestProtocolOp request)
        throws Exception;
  }

  private final LDAPListener listener;
  private final InMemoryRequestHandler store;
  private final String base;
  private volatile Sync sync = (wire, _) -> wire.end(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION);
  private volatile Trick trick = (_, _, _) -> Optional.empty();

  public ScriptedServer(String base) throws Exception {
    this.base = base;
    var config = new InMemoryDirectoryServerConfig(base);
    config.addAdditionalBindCredentials(ADMINISTRATOR, PASSWORD);
    config.setSchema(null);
    store = new InMemoryRequestHandler(config);
    var listening = new LDAPListenerConfig(0, new Handler(store, null));
    listening.setListenAddress(InetAddress.getLoopbackAddress());
    listener = new LDAPListener(listening);
    listener.startListening();
  }

  public void syncs(Sync script) {
    sync = script;
  }

  public void plays(Trick one) {
    trick = one;
  }

  public URI address() {
    return URI.create("ldap://127.0.0.1:" + listener.getListenPort());
  }

  /** A client that may change everything. */
  public LDAPConnection administrator() throws Exception {
    return new LDAPConnection("127.0.0.1", listener.getListenPort(), ADMINISTRATOR, PASSWORD);
  }

  public void add(String... ldif) throws Exception {
    store.addEntry(new Entry(ldif), true);
  }

  /** Everything there is, with operational attributes, parents first. */
  public List<SearchResultEntry> entries() throws Exception {
    try (LDAPConnection client = administrator()) {
      return client.search(base, SearchScope.SUB, "(objectClass=*)", "*", "+").getSearchEntries();
    }
  }

  public Entry entry(String dn) throws Exception {
    try (LDAPConnection client = administrator()) {
      return client.searchForEntry(
          dn, SearchScope.BASE, Filter.createPresenceFilter("objectClass"), "*", "+");
    }
  }

  public static UUID uuid(Entry entry) {
    return UUID.fromString(entry.getAttributeValue("entryUUID"));
  }

  @Override
  public void close() {
    listener.shutDown(true);
  }

  /** Sends what belongs to one request for content synchronisation. */
  public static final class Wire {
    private final LDAPListenerClientConnection connection;
    private final int id;
    private @Nullable ResultCode ended;

    Wire(LDAPListenerClientConnection connection, int id) {
      this.connection = connection;
      this.id = id;
    }

    public void add(Entry entry) throws LDAPException {
      send(entry, ContentSyncState.ADD, uuid(entry), null);
    }

    public void modify(Entry entry, @Nullable String cookie) throws LDAPException {
      send(entry, ContentSyncState.MODIFY, uuid(entry), cookie);
    }

    public void send(Entry entry, ContentSyncState state, UUID uuid, @Nullable String cookie)
        throws LDAPException {
      connection.sendSearchResultEntry(
          id, entry, new ContentSyncStateControl(state, uuid, octets(cookie)));
    }

    public void delete(Entry entry, @Nullable String cookie) throws LDAPException {
      send(new Entry(entry.getDN()), ContentSyncState.DELETE, uuid(entry), cookie);
    }

    public void present(Entry entry) throws LDAPException {
      send(new Entry(entry.getDN()), ContentSyncState.PRESENT, uuid(entry), null);
    }

    public void ids(List<UUID> uuids, boolean deleted) throws LDAPException {
      info(ContentSyncInfoIntermediateResponse.createSyncIDSetResponse(null, uuids, deleted));
    }

    public void refreshDelete(@Nullable String cookie) throws LDAPException {
      info(ContentSyncInfoIntermediateResponse.createRefreshDeleteResponse(octets(cookie), true));
    }

    public void refreshPresent(@Nullable String cookie, boolean done) throws LDAPException {
      info(ContentSyncInfoIntermediateResponse.createRefreshPresentResponse(octets(cookie), done));
    }

    public void newCookie(String cookie) throws LDAPException {
      info(ContentSyncInfoIntermediateResponse.createNewCookieResponse(octets(cookie)));
    }

    public void reference(String url) throws LDAPException {
      connection.sendSearchResultReference(
          id, new com.unboundid.ldap.protocol.SearchResultReferenceProtocolOp(List.of(url)));
    }

    /** Ends the search once the script is over. */
    public void end(ResultCode code) {
      ended = code;
    }

    public void cut() throws Exception {
      connection.close();
    }

    private void info(ContentSyncInfoIntermediateResponse info) throws LDAPException {
      connection.sendIntermediateResponse(
          id, new IntermediateResponseProtocolOp(info.getOID(), info.getValue()));
    }

    private static @Nullable ASN1OctetString octets(@Nullable String cookie) {
      return cookie == null ? null : new ASN1OctetString(cookie);
    }
  }

  /** What one connection asks. */
  private final class Handler extends LDAPListenerRequestHandler {
    private final InMemoryRequestHandler behind;
    private final @Nullable LDAPListenerClientConnection connection;

    Handler(InMemoryRequestHandler behind, @Nullable LDAPListenerClientConnection connection) {
      this.behind = behind;
      this.connection = connection;
    }

    @Override
    public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection client)
        throws LDAPException {
      return new Handler(behind.newInstance(client), client);
    }

    @Override
    public @Nullable LDAPMessage processSearchRequest(
        int id, SearchRequestProtocolOp request, List<Control> controls) {
      try {
        for (Control control : controls) {
          if (control.getOID().equals(ContentSyncRequestControl.SYNC_REQUEST_OID)) {
            ASN1OctetString cookie = new ContentSyncRequestControl(control).getCookie();
            var wire = new Wire(connection, id);
            sync.run(wire, Optional.ofNullable(cookie).map(ASN1OctetString::stringValue));
            return wire.ended == null ? null : done(id, wire.ended);
          }
        }
        Optional<LDAPMessage> answer = trick.answer(connection, id, request);
        return answer.isPresent()
            ? answer.get()
            : behind.processSearchRequest(id, request, controls);
      } catch (Exception e) {
        return done(id, ResultCode.OTHER);
      }
    }

    @Override
    public LDAPMessage processAddRequest(int id, AddRequestProtocolOp op, List<Control> controls) {
      return behind.processAddRequest(id, op, controls);
    }

    @Override
    public LDAPMessage processBindRequest(
        int id, BindRequestProtocolOp op, List<Control> controls) {
      return behind.processBindRequest(id, op, controls);
    }

    @Override
    public LDAPMessage processCompareRequest(
        int id, CompareRequestProtocolOp op, List<Control> controls) {
      return behind.processCompareRequest(id, op, controls);
    }

    @Override
    public LDAPMessage processDeleteRequest(
        int id, DeleteRequestProtocolOp op, List<Control> controls) {
      return behind.processDeleteRequest(id, op, controls);
    }

    @Override
    public LDAPMessage processExtendedRequest(
        int id, ExtendedRequestProtocolOp op, List<Control> controls) {
      return behind.processExtendedRequest(id, op, controls);
    }

    @Override
    public LDAPMessage processModifyRequest(
        int id, ModifyRequestProtocolOp op, List<Control> controls) {
      return behind.processModifyRequest(id, op, controls);
    }

    @Override
    public LDAPMessage processModifyDNRequest(
        int id, ModifyDNRequestProtocolOp op, List<Control> controls) {
      return behind.processModifyDNRequest(id, op, controls);
    }
  }

  /** The end of a search. */
  public static LDAPMessage done(int id, ResultCode code) {
    return new LDAPMessage(
        id, new SearchResultDoneProtocolOp(code.intValue(), null, "as the test says", null));
  }
}
