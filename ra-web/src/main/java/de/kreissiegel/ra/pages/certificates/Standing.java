package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import java.time.Duration;
import java.time.Instant;

/** How a certificate stands at a time, revocation and expiry taken together. */
public enum Standing {
  NOT_YET_VALID(Tone.INFO),
  VALID(Tone.SUCCESS),
  /** Valid, but not for 30 more days. */
  ENDS_SOON(Tone.WARNING),
  ON_HOLD(Tone.WARNING),
  REVOKED(Tone.DANGER),
  EXPIRED(Tone.INFO);

  private static final Duration SOON = Duration.ofDays(30);

  private final Tone tone;

  Standing(Tone tone) {
    this.tone = tone;
  }

  /** How this certificate stands now. */
  public static Standing of(StoredCertificate certificate, Instant now) {
    return switch (certificate.status()) {
      case CertificateStatus.Revoked _ -> REVOKED;
      case CertificateStatus _ when certificate.notAfter().isBefore(now) -> EXPIRED;
      case CertificateStatus.OnHold _ -> ON_HOLD;
      case CertificateStatus.Good _ when certificate.notBefore().isAfter(now) -> NOT_YET_VALID;
      case CertificateStatus.Good _ when certificate.notAfter().isBefore(now.plus(SOON)) ->
          ENDS_SOON;
      case CertificateStatus.Good _ -> VALID;
    };
  }

  /** Whether it can still be revoked. */
  public boolean canBeRevoked() {
    return this != REVOKED && this != EXPIRED;
  }

  public Mark mark() {
    return new Mark(tone, "certificate.state." + name());
  }
}
