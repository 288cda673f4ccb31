package de.kreissiegel.ra.officer;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that believes one root, and nothing else. */
public final class OneAnchor {
  private OneAnchor() {}

  /** For a client. */
  public static SSLContext tls(X509Certificate root) throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("root", root);
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return tls;
    } catch (IOException impossible) {
      throw new IllegalStateException("an empty key store has nothing to read", impossible);
    }
  }
}
