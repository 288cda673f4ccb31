package de.kreissiegel.ra.security;

import de.kreissiegel.hsm.signing.Bytes;

/** By what somebody logged in; it has to stay good as long as the session lasts. */
public sealed interface Credential {
  /** A password. */
  record Password() implements Credential {}

  /**
   * A certificate.
   *
   * @param encoded DER
   */
  record Certificate(Bytes encoded) implements Credential {}

  /**
   * A passkey.
   *
   * @param id the credential's
   */
  record Passkey(Bytes id) implements Credential {}
}
