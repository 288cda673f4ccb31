package de.kreissiegel.ra.security;

import de.kreissiegel.ca.login.ProviderLogin;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * The OpenID provider that staff may log in by (OpenID Connect Core 1.0).
 *
 * @param issuer its identifier, to the letter; {@code https}, or a loopback address
 * @param clientId as what it knows us
 * @param clientSecret what we prove that by; empty for a public client, which has PKCE alone
 * @param claim which claim of its ID token names a person
 * @param names what that name is in the directory
 * @param scopes what is asked for beside {@code openid}
 * @param title what the log-in page calls it
 * @param trust whose certificates it may have; empty for the platform's anchors
 */
public record OpenIdSettings(
    URI issuer,
    String clientId,
    Optional<String> clientSecret,
    String claim,
    ProviderLogin.Names names,
    Set<String> scopes,
    String title,
    Optional<SSLContext> trust) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /**
   * @throws IllegalArgumentException if the issuer is reached in clear
   */
  public OpenIdSettings {
    scopes = Set.copyOf(scopes);
    if (!isSafe(issuer)) {
      throw new IllegalArgumentException("an OpenID provider is reached by https, not " + issuer);
    }
  }

  /** Whether an address is reached by TLS, or on this host itself. */
  static boolean isSafe(URI address) {
    return address.getHost() != null
        && ("https".equals(address.getScheme())
            || "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost()));
  }

  /** The issuer's scheme, host and port, as a Content Security Policy writes them. */
  String origin() {
    return issuer.getScheme() + "://" + issuer.getRawAuthority();
  }
}
