package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.x509.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/** What became of a certificate, its expiry apart. */
public sealed interface CertificateStatus {
  /** Neither revoked nor held. */
  record Good() implements CertificateStatus {}

  /**
   * Suspended ({@code certificateHold}); can be released or revoked.
   *
   * @param since when
   */
  record OnHold(Instant since) implements CertificateStatus {}

  /**
   * Revoked for good.
   *
   * @param since when
   * @param reason why
   * @param invalidSince when the key or the certificate is thought to have become bad, at {@code
   *     since} or earlier (invalidityDate, RFC 5280 §5.3.2), if anybody knows
   */
  record Revoked(Instant since, RevocationReason reason, Optional<Instant> invalidSince)
      implements CertificateStatus {
    /** Nobody knows since when it was bad. */
    public Revoked(Instant since, RevocationReason reason) {
      this(since, reason, Optional.empty());
    }
  }
}
