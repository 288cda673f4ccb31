package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.policy.SecurityKeyRules;
import java.net.URI;
import java.util.Locale;

/**
 * The pages where officers use security keys (WebAuthn Level 2 §5.1.2, RFC 6454), as the policies
 * of the vault name them.
 *
 * @param relyingParty the relying party's id, a host name as {@code pki.landkreis.example}
 * @param origin as {@code https://pki.landkreis.example:8443}
 */
public record SecurityKeyPages(String relyingParty, String origin) {
  private static final int HTTPS = 443;

  /**
   * Pages that are all at one host.
   *
   * @param pages their address; its path doesn't count
   * @throws IllegalArgumentException if it is no address of a host by https
   */
  public static SecurityKeyPages of(URI pages) {
    if (!"https".equals(pages.getScheme()) || pages.getHost() == null) {
      throw new IllegalArgumentException("pages are reached as https://host:port, not " + pages);
    }
    String host = pages.getHost().toLowerCase(Locale.ROOT);
    boolean usual = pages.getPort() < 0 || pages.getPort() == HTTPS;
    var read = new SecurityKeyPages(host, "https://" + host + (usual ? "" : ":" + pages.getPort()));
    read.rules(); // which says what else is wrong
    return read;
  }

  /** As a policy says it. */
  public SecurityKeyRules rules() {
    return new SecurityKeyRules(relyingParty, origin);
  }
}
