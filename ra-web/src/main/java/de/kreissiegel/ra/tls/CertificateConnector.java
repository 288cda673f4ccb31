package de.kreissiegel.ra.tls;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;

/** The port where clients are asked for a certificate; those without one get in, too. */
public final class CertificateConnector {
  private CertificateConnector() {}

  /**
   * @param address to listen on; null is all
   * @param port to listen on
   * @param key the server's key of the moment, with its certificate
   * @param issuers whose certificates clients may show
   */
  public static Connector at(
      @Nullable InetAddress address,
      int port,
      Supplier<X509ExtendedKeyManager> key,
      List<X509Certificate> issuers)
      throws GeneralSecurityException {
    var protocol = new Http11NioProtocol();
    if (address != null) {
      protocol.setAddress(address);
    }
    protocol.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    protocol.setSSLEnabled(true);
    var host = new SSLHostConfig();
    host.setProtocols("TLSv1.2+TLSv1.3");
    host.setCertificateVerification("optional");
    var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
    certificate.setSslContext(new DoorContext(key, new DoorTrust(issuers)));
    host.addCertificate(certificate);
    protocol.addSslHostConfig(host);
    var connector = new Connector(protocol);
    connector.setPort(port);
    connector.setScheme("https");
    connector.setSecure(true);
    return connector;
  }
}
