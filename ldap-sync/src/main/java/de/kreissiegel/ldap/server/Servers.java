package de.kreissiegel.ldap.server;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.EXTERNALBindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.GSSAPIBindRequest;
import com.unboundid.ldap.sdk.GSSAPIBindRequestProperties;
import com.unboundid.ldap.sdk.GSSAPIChannelBindingType;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.SASLQualityOfProtection;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileKeyManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes connections out of a configuration. */
final class Servers {
  /** Holds a group of 20,000 members; whoever sends more at once is not a directory of people. */
  private static final int LARGEST_MESSAGE = 8 * 1024 * 1024;

  private Servers() {}

  /**
   * @param waiting whether one thread asks and waits; else answers come by themselves, too
   * @throws IllegalArgumentException if anchors or key can't be read
   */
  static ServerSet of(ServerConfig config, boolean waiting) {
    var options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis(3_000);
    options.setResponseTimeoutMillis(10_000);
    options.setFollowReferrals(false);
    options.setUseSynchronousMode(waiting);
    options.setMaxMessageSize(LARGEST_MESSAGE);
    options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
    ServerSet[] each =
        config.urls().stream().map(url -> one(url, config, options)).toArray(ServerSet[]::new);
    return each.length == 1 ? each[0] : new FailoverServerSet(each);
  }

  static BindRequest bind(Account account) {
    return switch (account) {
      case Account.Password simple -> new SimpleBindRequest(simple.dn(), simple.password());
      // With an empty name to act as: without any, OpenLDAP would ask back.
      case Account.ClientCertificate _ -> new EXTERNALBindRequest("");
      case Account.Kerberos kerberos -> gssapi(kerberos);
    };
  }

  /** Without a layer of its own: TLS protects the connection, to which the proof is bound. */
  private static BindRequest gssapi(Account.Kerberos account) {
    try {
      var properties = new GSSAPIBindRequestProperties(account.principal(), (String) null);
      properties.setUseKeyTab(true);
      properties.setKeyTabPath(account.keytab().toString());
      properties.setUseTicketCache(false);
      properties.setRequireCachedCredentials(false);
      properties.setAllowedQoP(SASLQualityOfProtection.AUTH);
      properties.setChannelBindingType(GSSAPIChannelBindingType.TLS_SERVER_END_POINT);
      return new GSSAPIBindRequest(properties);
    } catch (LDAPException e) {
      throw new IllegalArgumentException(
          "no key for " + account.principal() + ": " + e.getMessage(), e);
    }
  }

  private static ServerSet one(URI url, ServerConfig config, LDAPConnectionOptions options) {
    boolean tls = ServerConfig.isTls(url);
    int port = url.getPort() > 0 ? url.getPort() : tls ? 636 : 389;
    SocketFactory sockets = tls ? tls(config) : SocketFactory.getDefault();
    PostConnectProcessor upgrade =
        config.startTls() ? new StartTLSPostConnectProcessor(tls(config)) : null;
    return new SingleServerSet(url.getHost(), port, sockets, options, null, upgrade);
  }

  private static SSLSocketFactory tls(ServerConfig config) {
    try {
      TrustManager trust =
          config.trust().isPresent()
              ? new PEMFileTrustManager(config.trust().get().toFile())
              : JVMDefaultTrustManager.getInstance();
      return new SSLUtil(key(config.account()), trust).createSSLSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "no anchors or no key for the directory: " + e.getMessage(), e);
    }
  }

  private static @Nullable KeyManager key(Account account) throws GeneralSecurityException {
    return switch (account) {
      case Account.Password _, Account.Kerberos _ -> null;
      case Account.ClientCertificate own ->
          new PEMFileKeyManager(own.certificate().toFile(), own.key().toFile());
    };
  }
}
