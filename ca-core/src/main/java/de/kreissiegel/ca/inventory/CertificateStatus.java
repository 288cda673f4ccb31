package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.x509.RevocationReason;
import java.time.Instant;

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
   */
  record Revoked(Instant since, RevocationReason reason) implements CertificateStatus {}
}
