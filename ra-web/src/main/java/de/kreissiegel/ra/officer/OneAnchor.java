package de.kreissiegel.ra.officer;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS that believes one root, and nothing else. */
public final class OneAnchor {
  private OneAnchor() {}

  /** For a client that shows no certificate. */
  public static SSLContext tls(X509Certificate root) throws GeneralSecurityException {
    return tls(root, (KeyManager[]) null);
  }

  /** For a client that shows this certificate. */
  public static SSLContext tls(X509Certificate root, OfficerFile own)
      throws GeneralSecurityException {
    return tls(root, keyOf(own));
  }

  private static SSLContext tls(X509Certificate root, KeyManager @Nullable [] own)
      throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("root", root);
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      var tls = SSLContext.getInstance("TLS");
      tls.init(own, trust.getTrustManagers(), null);
      return tls;
    } catch (IOException impossible) {
      throw new IllegalStateException("an empty key store has nothing to read", impossible);
    }
  }

  private static KeyManager[] keyOf(OfficerFile own) throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(Certificate[]::new));
      // This one doesn't ask whether the certificate says clientAuth: an officer's says it is for
      // approving, and the certificate door takes it.
      var keys = KeyManagerFactory.getInstance("SunX509");
      keys.init(store, new char[0]);
      return keys.getKeyManagers();
    } catch (IOException impossible) {
      throw new IllegalStateException("an empty key store has nothing to read", impossible);
    }
  }
}
