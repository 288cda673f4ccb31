package de.kreissiegel.ra.security;

import de.kreissiegel.hsm.signing.Bytes;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** The certificate whose key the other side has proved to have, by TLS (Servlet 6.1 §3.10). */
final class PeerCertificate {
  private static final String ATTRIBUTE = "jakarta.servlet.request.X509Certificate";

  private PeerCertificate() {}

  /** Its DER; empty if none was shown, as on every port but the certificate door's. */
  static Optional<Bytes> of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof X509Certificate[] chain && chain.length > 0) {
      try {
        return Optional.of(Bytes.of(chain[0].getEncoded()));
      } catch (CertificateEncodingException _) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
