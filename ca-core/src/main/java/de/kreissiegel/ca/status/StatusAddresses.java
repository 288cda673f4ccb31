package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityName;
import java.net.URI;

/**
 * The addresses that stand in certificates. They come from configuration, never from a request.
 *
 * @param base {@code validation-base-url}, as {@code http://pki.example:8080}, without a slash at
 *     the end
 */
public record StatusAddresses(URI base) {
  public URI ocsp() {
    return URI.create(base + "/ocsp");
  }

  /** Where the full list of what has no partition is. */
  public URI crl(AuthorityName authority) {
    return crl(CrlName.of(authority));
  }

  public URI crl(CrlName list) {
    return URI.create(base + "/crl/" + list.label() + ".crl");
  }

  public URI caCertificate(AuthorityName authority) {
    return URI.create(base + "/ca/" + authority + ".cer");
  }
}
