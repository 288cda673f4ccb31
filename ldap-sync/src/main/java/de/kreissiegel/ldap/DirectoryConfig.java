package de.kreissiegel.ldap;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the directory is and how it is read.
 *
 * @param urls {@code ldap://host:port} (loopback only, for passwords travel in the clear) or {@code
 *     ldaps://host:port}; the first that answers is used
 * @param bindDn the account that reads and publishes
 * @param password its password
 * @param baseDn under which the tenants stand
 * @param followEvery how often changed entries are looked for
 * @param compareEvery how often all entries are compared with those that hold certificates
 * @param trust PEM file with the anchors for {@code ldaps}; without it, the platform's
 * @param mapping which entries are what
 * @throws IllegalArgumentException with a sentence for the administrator
 */
public record DirectoryConfig(
    List<URI> urls,
    String bindDn,
    String password,
    String baseDn,
    Duration followEvery,
    Duration compareEvery,
    Optional<Path> trust,
    DirectoryMapping mapping) {
  public DirectoryConfig {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("the directory has no address");
    }
    urls.forEach(DirectoryConfig::check);
    if (bindDn.isBlank() || password.isEmpty()) {
      throw new IllegalArgumentException("the directory's account needs a name and a password");
    }
    if (!followEvery.isPositive() || !compareEvery.isPositive()) {
      throw new IllegalArgumentException("the directory's intervals must be positive");
    }
  }

  /** With the mapping of the sample district, a look every 2 s and a compare every 4 s. */
  public static DirectoryConfig of(URI url, String bindDn, String password, String baseDn) {
    return new DirectoryConfig(
        List.of(url),
        bindDn,
        password,
        baseDn,
        Duration.ofSeconds(2),
        Duration.ofSeconds(4),
        Optional.empty(),
        DirectoryMapping.standard());
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return "DirectoryConfig[" + urls + ", " + bindDn + ", " + baseDn + "]";
  }

  private static void check(URI url) {
    boolean named = url.getHost() != null && !url.getHost().isEmpty();
    if (named && "ldaps".equalsIgnoreCase(url.getScheme())) {
      return;
    }
    if (!named || !"ldap".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException(
          "the directory's address must be ldap://host:port or ldaps://host:port, not " + url);
    }
    if (!List.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost())) {
      throw new IllegalArgumentException(
          "passwords would travel to " + url.getHost() + " in the clear: use ldaps://");
    }
  }
}
