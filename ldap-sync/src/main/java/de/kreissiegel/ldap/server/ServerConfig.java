package de.kreissiegel.ldap.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a directory's servers are and how they are spoken to.
 *
 * @param urls {@code ldaps://host:port}, or {@code ldap://host:port} on loopback or with StartTLS,
 *     for passwords would travel in the clear; the first that answers is used
 * @param startTls whether TLS begins on the port of {@code ldap} (RFC 4511 §4.14)
 * @param trust PEM file with the anchors for TLS; without it, the platform's
 * @param account which one reads and publishes
 * @throws IllegalArgumentException with a sentence for the administrator
 */
public record ServerConfig(
    List<URI> urls, boolean startTls, Optional<Path> trust, Account account) {
  public ServerConfig {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("the directory has no address");
    }
    for (URI url : urls) {
      check(url, startTls);
      boolean byPassword = account instanceof Account.Password;
      if (!byPassword && !startTls && !isTls(url)) {
        throw new IllegalArgumentException(
            "an account by certificate or Kerberos needs TLS: use ldaps:// or StartTLS");
      }
    }
  }

  /** Whether TLS begins with the connection. */
  static boolean isTls(URI url) {
    return "ldaps".equalsIgnoreCase(url.getScheme());
  }

  private static void check(URI url, boolean startTls) {
    boolean named = url.getHost() != null && !url.getHost().isEmpty();
    if (!named || !(isTls(url) || "ldap".equalsIgnoreCase(url.getScheme()))) {
      throw new IllegalArgumentException(
          "the directory's address must be ldap://host:port or ldaps://host:port, not " + url);
    }
    if (isTls(url) && startTls) {
      throw new IllegalArgumentException("StartTLS is for ldap://, not for " + url);
    }
    boolean here = List.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
    if (!isTls(url) && !startTls && !here) {
      throw new IllegalArgumentException(
          "passwords would travel to " + url.getHost() + " in the clear: use ldaps:// or StartTLS");
    }
  }
}
