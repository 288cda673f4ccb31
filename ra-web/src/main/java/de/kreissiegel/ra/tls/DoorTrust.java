package de.kreissiegel.ra.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets a client's certificate through the handshake if one of this house's authorities signed it.
 * Whether it still counts, and for what, is {@code CertificateLogin}'s: it can say so on a page,
 * where a handshake that ends shows people a number.
 */
final class DoorTrust extends X509ExtendedTrustManager {
  private final List<X509Certificate> issuers;

  /**
   * @param issuers the authorities' certificates; browsers offer what those issued (RFC 8446
   *     §4.2.4)
   */
  DoorTrust(List<X509Certificate> issuers) {
    this.issuers = List.copyOf(issuers);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    for (X509Certificate issuer : issuers) {
      if (isBy(issuer, chain[0])) {
        return;
      }
    }
    throw new CertificateException("no authority of this house issued it");
  }

  private static boolean isBy(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException forged) {
      return false;
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this trusts no server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return issuers.toArray(X509Certificate[]::new);
  }
}
