package de.kreissiegel.ra.security;

import java.net.URI;

/**
 * Where a browser is asked for a certificate, and nowhere else: a port of its own, since whoever
 * asks for one in the middle of a page (RFC 8446 §4.6.2) finds no browser that answers.
 *
 * @param pages the address of the pages, as {@code https://pki.example:8443}
 * @param door the address of the door, as {@code https://pki.example:8444}; of the same host, so
 *     that the session's cookie holds at both
 */
public record CertificateDoor(URI pages, URI door) {
  static final String PATH = "/login/certificate";

  /**
   * @throws IllegalArgumentException if the two are at different hosts, or at the same port
   */
  public CertificateDoor {
    if (!pages.getHost().equals(door.getHost()) || pages.getPort() == door.getPort()) {
      throw new IllegalArgumentException(
          "the certificate door is another port of the host of the pages: " + pages + ", " + door);
    }
  }

  /** Where to go to log in by certificate. */
  public URI login() {
    return door.resolve(PATH);
  }
}
