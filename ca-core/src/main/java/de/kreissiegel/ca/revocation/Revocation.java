package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.x509.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/**
 * That and why a certificate is to be revoked or held.
 *
 * @param reason {@code certificateHold} suspends
 * @param invalidSince when the key or the certificate is thought to have become bad, whole seconds
 *     (invalidityDate, RFC 5280 §5.3.2); what was signed with it since then is not to be trusted
 * @param note why, in words, for the audit trail, at most 500 characters; may be empty
 */
public record Revocation(RevocationReason reason, Optional<Instant> invalidSince, String note) {
  /** One of which nobody knows since when the certificate was bad. */
  public static Revocation of(RevocationReason reason, String note) {
    return new Revocation(reason, Optional.empty(), note);
  }

  /** The same of a certificate that begins then: before that there was nothing to be bad. */
  Revocation within(Instant notBefore) {
    return new Revocation(
        reason, invalidSince.map(date -> date.isBefore(notBefore) ? notBefore : date), note);
  }
}
