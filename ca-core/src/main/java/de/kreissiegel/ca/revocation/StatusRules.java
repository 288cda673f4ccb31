package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.CertificateStatus.Good;
import de.kreissiegel.ca.inventory.CertificateStatus.OnHold;
import de.kreissiegel.ca.inventory.CertificateStatus.Revoked;
import de.kreissiegel.ca.x509.RevocationReason;
import java.time.Instant;
import java.util.Optional;

/**
 * The moves between states:
 *
 * <pre>
 * Good ⇄ OnHold
 *   └──────┴──→ Revoked
 * </pre>
 */
final class StatusRules {
  private StatusRules() {}

  /** What it becomes when revoked or held; empty if it can't be. */
  static Optional<CertificateStatus> revoked(
      CertificateStatus status, Revocation revocation, Instant now) {
    boolean hold = revocation.reason() == RevocationReason.CERTIFICATE_HOLD;
    return switch (status) {
      case Good _ -> Optional.of(hold ? new OnHold(now) : revoked(now, revocation));
      // The final revocation counts from the hold on: what was signed meanwhile is not to be
      // trusted afterwards (X.509 §8.5.2.2).
      case OnHold held -> hold ? Optional.empty() : Optional.of(revoked(held.since(), revocation));
      case Revoked _ -> Optional.empty();
    };
  }

  private static CertificateStatus revoked(Instant since, Revocation revocation) {
    return new Revoked(since, revocation.reason(), revocation.invalidSince());
  }

  /** What it becomes when released; empty if it isn't on hold. */
  static Optional<CertificateStatus> released(CertificateStatus status) {
    return status instanceof OnHold ? Optional.of(new Good()) : Optional.empty();
  }
}
