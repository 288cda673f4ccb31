package de.kreissiegel.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.SocketFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The connections to the directory: a pool for the account, single ones for log-ins. */
final class Connections implements AutoCloseable {
  private static final int PAGE = 500;
  private static final int MAX_POOLED = 8;
  private final ServerSet servers;
  private final LDAPConnectionPool pool;

  /** Opens none yet, so that it can be made while the server is down. */
  Connections(DirectoryConfig config) {
    servers = servers(config);
    try {
      var bind = new SimpleBindRequest(config.bindDn(), config.password());
      pool = new LDAPConnectionPool(servers, bind, 0, MAX_POOLED, null, false);
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
    pool.setConnectionPoolName("directory");
    pool.setMaxConnectionAgeMillis(300_000);
    pool.setRetryFailedOperationsDueToInvalidConnections(true);
  }

  /** All entries found; a reference to another server counts as an error, for it hides entries. */
  List<SearchResultEntry> search(String base, SearchScope scope, Filter filter, String... wanted)
      throws LDAPException {
    SearchResult result = pool.search(new SearchRequest(base, scope, filter, wanted));
    refuseReferences(result);
    return result.getSearchEntries();
  }

  /**
   * Reads page by page (RFC 2696) until there are enough.
   *
   * @param wanted which entries count
   */
  List<SearchResultEntry> pages(
      String base, Filter filter, int atMost, Predicate<SearchResultEntry> wanted, String... names)
      throws LDAPException {
    LDAPConnection connection = pool.getConnection();
    boolean sound = false;
    try {
      List<SearchResultEntry> found = new ArrayList<>();
      var request = new SearchRequest(base, SearchScope.SUB, filter, names);
      ASN1OctetString cookie = null;
      do {
        request.setControls(new SimplePagedResultsControl(PAGE, cookie));
        SearchResult result = onePage(connection, request, cookie);
        refuseReferences(result);
        for (SearchResultEntry entry : result.getSearchEntries()) {
          if (found.size() < atMost && wanted.test(entry)) {
            found.add(entry);
          }
        }
        var answer = SimplePagedResultsControl.get(result);
        cookie = answer != null && answer.moreResultsToReturn() ? answer.getCookie() : null;
      } while (cookie != null && found.size() < atMost);
      // A paged search that was left halfway lives on in its connection.
      sound = cookie == null;
      return found;
    } finally {
      if (sound) {
        pool.releaseConnection(connection);
      } else {
        pool.releaseDefunctConnection(connection);
      }
    }
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

  void modify(String dn, List<Modification> modifications) throws LDAPException {
    pool.modify(dn, modifications);
  }

  /** Binds on a connection of its own, so that no right of another sticks to it. */
  ResultCode tryBind(String dn, String password) throws LDAPException {
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

  private static ServerSet servers(DirectoryConfig config) {
    var options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis(3_000);
    options.setResponseTimeoutMillis(10_000);
    options.setFollowReferrals(false);
    options.setUseSynchronousMode(true);
    options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
    ServerSet[] each =
        config.urls().stream().map(url -> server(url, config, options)).toArray(ServerSet[]::new);
    return each.length == 1 ? each[0] : new FailoverServerSet(each);
  }

  private static ServerSet server(URI url, DirectoryConfig config, LDAPConnectionOptions options) {
    boolean tls = url.getScheme().toLowerCase(Locale.ROOT).equals("ldaps");
    int port = url.getPort() > 0 ? url.getPort() : tls ? 636 : 389;
    SocketFactory sockets = tls ? tls(config) : SocketFactory.getDefault();
    return new SingleServerSet(url.getHost(), port, sockets, options);
  }

  private static SocketFactory tls(DirectoryConfig config) {
    try {
      X509TrustManager trust =
          config.trust().isPresent()
              ? new PEMFileTrustManager(config.trust().get().toFile())
              : JVMDefaultTrustManager.getInstance();
      return new SSLUtil(trust).createSSLSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no anchors for the directory: " + e.getMessage(), e);
    }
  }
}
