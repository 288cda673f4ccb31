package de.kreissiegel.ra.tls;

import de.kreissiegel.ca.refusal.Refused;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Who issues the web server's certificate. */
@FunctionalInterface
public interface TlsIssuer {
  /**
   * A certificate for this key and these names, with its chain up to, but without, the root.
   *
   * @param hosts DNS names
   */
  List<X509Certificate> issue(PublicKey key, List<String> hosts) throws Refused;
}
