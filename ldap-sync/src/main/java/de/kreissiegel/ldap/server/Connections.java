package de.kreissiegel.ldap.server;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one directory: a pool for the account, single ones for log-ins and for what
 * lasts. An answer is whole or an {@link LDAPException}: a referral, a reference to another server
 * and a limit of the server hide entries, so they are errors, and none is followed. Thread-safe.
 */
public final class Connections implements AutoCloseable {
  private static final int PAGE = 500;
  private static final int MAX_POOLED = 8;

  /**
   * Keeps a domain controller from referring to its own further parts, as that of DNS (MS-ADTS
   * §3.1.1.3.4.1.4). Not critical: other servers don't know it.
   */
  private static final Control DOMAIN_ONLY = new Control("1.2.840.113556.1.4.1339", false);

  private static final Filter ANY = Filter.createPresenceFilter("objectClass");
  private final ServerConfig config;
  private final ServerSet servers;
  private final LDAPConnectionPool pool;

  /**
   * Opens none yet, so that it can be made while the server is down.
   *
   * @throws IllegalArgumentException if anchors or key can't be read
   */
  public Connections(ServerConfig config) {
    this.config = config;
    servers = Servers.of(config, true);
    try {
      pool =
          new LDAPConnectionPool(
              servers, Servers.bind(config.account()), 0, MAX_POOLED, null, false);
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
    pool.setConnectionPoolName("directory");
    pool.setMaxConnectionAgeMillis(300_000);
    pool.setRetryFailedOperationsDueToInvalidConnections(true);
  }

  /** Takes entries as they come. */
  public interface Taker {
    void take(SearchResultEntry entry) throws LDAPException;
  }

  /** What the server that answers now says of itself. */
  public Features features() throws LDAPException {
    return new Features(
        entry("", Features.ATTRIBUTES)
            .orElseThrow(
                () -> new LDAPException(ResultCode.NO_SUCH_OBJECT, "the root DSE is not shown")));
  }

  /** All entries found; a reference to another server counts as an error, for it hides entries. */
  public List<SearchResultEntry> search(
      String base, SearchScope scope, Filter filter, String... wanted) throws LDAPException {
    return search(new SearchRequest(base, scope, filter, wanted)).getSearchEntries();
  }

  /** The same for a request with controls of its own. */
  public SearchResult search(SearchRequest request) throws LDAPException {
    request.addControl(DOMAIN_ONLY);
    SearchResult result = pool.search(request);
    refuseReferences(result);
    return result;
  }

  /** One entry by its name; empty if there is none, or none that we may see. */
  public Optional<SearchResultEntry> entry(String dn, String... wanted) throws LDAPException {
    try {
      return search(dn, SearchScope.BASE, ANY, wanted).stream().findFirst();
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Whether anything stands directly below an entry; false if there is no such entry. More than one
   * is no error here.
   */
  public boolean hasChildren(String dn) throws LDAPException {
    var request = new SearchRequest(dn, SearchScope.ONE, ANY, SearchRequest.NO_ATTRIBUTES);
    request.setSizeLimit(1);
    try {
      return !search(request).getSearchEntries().isEmpty();
    } catch (LDAPSearchException e) {
      if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
        return true;
      }
      if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Reads page by page (RFC 2696) until there are enough.
   *
   * @param wanted which entries count
   */
  public List<SearchResultEntry> pages(
      String base, Filter filter, int atMost, Predicate<SearchResultEntry> wanted, String... names)
      throws LDAPException {
    List<SearchResultEntry> found = new ArrayList<>();
    Taker taker =
        entry -> {
          if (found.size() < atMost && wanted.test(entry)) {
            found.add(entry);
          }
        };
    var request = new SearchRequest(base, SearchScope.SUB, filter, names);
    read(request, taker, () -> found.size() < atMost);
    return found;
  }

  /**
   * Reads everything that a search finds, page by page, however much that is.
   *
   * @param request whose controls are sent with each page
   */
  public void all(SearchRequest request, Taker taker) throws LDAPException {
    read(request, taker, () -> true);
  }

  private interface More {
    boolean wanted();
  }

  private void read(SearchRequest request, Taker taker, More more) throws LDAPException {
    LDAPConnection connection = pool.getConnection();
    boolean sound = false;
    List<Control> own = List.of(request.getControls());
    try {
      ASN1OctetString cookie = null;
      do {
        var controls = new ArrayList<>(own);
        controls.add(DOMAIN_ONLY);
        controls.add(new SimplePagedResultsControl(PAGE, cookie, true));
        request.setControls(controls);
        SearchResult result = onePage(connection, request, cookie);
        refuseReferences(result);
        for (SearchResultEntry entry : result.getSearchEntries()) {
          taker.take(entry);
        }
        cookie = next(result, cookie);
      } while (cookie != null && more.wanted());
      // A paged search that was left halfway lives on in its connection.
      sound = cookie == null;
    } finally {
      if (sound) {
        pool.releaseConnection(connection);
      } else {
        pool.releaseDefunctConnection(connection);
      }
    }
  }

  /** A server that sends the cookie it got and no entry would keep us for ever. */
  private static @Nullable ASN1OctetString next(
      SearchResult result, @Nullable ASN1OctetString before) throws LDAPException {
    var answer = SimplePagedResultsControl.get(result);
    if (answer == null) {
      throw new LDAPException(
          ResultCode.CONTROL_NOT_FOUND, "the server doesn't say whether this page is the last");
    }
    if (!answer.moreResultsToReturn()) {
      return null;
    }
    if (answer.getCookie().equals(before) && result.getEntryCount() == 0) {
      throw new LDAPException(ResultCode.LOOP_DETECT, "the server sends empty pages in a circle");
    }
    return answer.getCookie();
  }

  /** A first page may meet a connection that a restart of the server cut: then once more. */
  private static SearchResult onePage(
      LDAPConnection connection, SearchRequest request, @Nullable ASN1OctetString cookie)
      throws LDAPException {
    try {
      return connection.search(request);
    } catch (LDAPException e) {
      if (cookie != null || e.getResultCode().isConnectionUsable()) {
        throw e;
      }
      connection.reconnect();
      return connection.search(request);
    }
  }

  /** Changes one entry, all of it or nothing. */
  public void modify(ModifyRequest request) throws LDAPException {
    pool.modify(request);
  }

  /** Adds an entry. */
  public void add(Entry entry) throws LDAPException {
    pool.add(entry);
  }

  /** A connection of its own, bound, on which answers come by themselves. The caller closes it. */
  public LDAPConnection lasting() throws LDAPException {
    LDAPConnection connection = Servers.of(config, false).getConnection();
    try {
      connection.bind(Servers.bind(config.account()));
      return connection;
    } catch (LDAPException e) {
      connection.close();
      throw e;
    }
  }

  /** Binds on a connection of its own, so that no right of another sticks to it. */
  public ResultCode tryBind(String dn, String password) throws LDAPException {
    try (LDAPConnection connection = servers.getConnection()) {
      return connection.bind(dn, password).getResultCode();
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)
          || e.getResultCode().equals(ResultCode.INAPPROPRIATE_AUTHENTICATION)
          || e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
        return ResultCode.INVALID_CREDENTIALS;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static void refuseReferences(SearchResult result) throws LDAPException {
    if (result.getReferenceCount() > 0) {
      throw new LDAPException(ResultCode.REFERRAL, "the answer refers to another server");
    }
  }
}
