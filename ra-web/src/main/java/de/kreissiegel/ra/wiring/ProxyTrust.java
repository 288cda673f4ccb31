package de.kreissiegel.ra.wiring;

import org.jspecify.annotations.Nullable;

/**
 * Whose word counts for where a request comes from: nobody's, unless the configuration names the
 * proxy. Who may say {@code X-Forwarded-For} chooses the address by which log-ins are slowed, and
 * that the log has.
 */
final class ProxyTrust {
  static final String STRATEGY = "server.forward-headers-strategy";
  static final String PROXIES = "server.tomcat.remoteip.internal-proxies";

  private ProxyTrust() {}

  /**
   * @param strategy as configured
   * @param proxies the regular expression of the proxies' addresses, if one is configured
   * @throws IllegalArgumentException with a sentence for the administrator
   */
  static void check(@Nullable String strategy, @Nullable String proxies) {
    String word = strategy == null ? "none" : strategy.strip();
    if (word.equalsIgnoreCase("framework")) {
      throw new IllegalArgumentException(
          STRATEGY + ": framework believes everybody; native believes the proxies of " + PROXIES);
    }
    // Tomcat's own list has all private addresses in it: the whole town hall.
    if (word.equalsIgnoreCase("native") && (proxies == null || proxies.isBlank())) {
      throw new IllegalArgumentException(
          "%s: native needs the proxies' addresses in %s, as 10\\.1\\.2\\.3"
              .formatted(STRATEGY, PROXIES));
    }
  }
}
