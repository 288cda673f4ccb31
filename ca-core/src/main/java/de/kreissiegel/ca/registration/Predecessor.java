package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.x509.SerialNumber;

/**
 * The certificate that a request asks to be followed: it stays as it is, and is reminded of no
 * more.
 */
public record Predecessor(AuthorityName authority, SerialNumber serial) {
  @Override
  public String toString() {
    return authority + "/" + serial;
  }
}
