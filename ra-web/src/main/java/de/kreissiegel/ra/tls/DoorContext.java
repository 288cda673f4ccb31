package de.kreissiegel.ra.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * TLS of the certificate door, as Tomcat asks for it: the server's own key and certificate as they
 * are now, and the clients' certificates that {@link DoorTrust} lets through.
 */
final class DoorContext implements org.apache.tomcat.util.net.SSLContext {
  private final SSLContext context;
  private final X509ExtendedKeyManager keys;
  private final DoorTrust trust;

  DoorContext(Supplier<X509ExtendedKeyManager> current, DoorTrust trust)
      throws GeneralSecurityException {
    this.keys = new CurrentKey(current);
    this.trust = trust;
    this.context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
  }

  @Override
  public void init(KeyManager[] given, TrustManager[] trusted, java.security.SecureRandom random) {
    // Done, and with nothing of what Tomcat would have.
  }

  @Override
  public void destroy() {}

  @Override
  public SSLSessionContext getServerSessionContext() {
    return context.getServerSessionContext();
  }

  @Override
  public SSLEngine createSSLEngine() {
    return context.createSSLEngine();
  }

  @Override
  public SSLServerSocketFactory getServerSocketFactory() {
    return context.getServerSocketFactory();
  }

  @Override
  public SSLParameters getSupportedSSLParameters() {
    return context.getSupportedSSLParameters();
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return keys.getCertificateChain(alias);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trust.getAcceptedIssuers();
  }
}
