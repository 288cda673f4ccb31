package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.profile.CertificateProfile;
import java.time.Duration;
import java.time.Instant;

/** When a holder may have a certificate followed by its next one with a click. */
public final class RenewalWindow {
  /** As long before the end as the first reminder usually comes. */
  private static final Duration USUAL = Duration.ofDays(45);

  private RenewalWindow() {}

  /**
   * Whether it is good, not over, of a kind that is asked for, and so near to its end that the
   * profile has it renewed, or reminders begin; in the second half of its life at the earliest.
   */
  public static boolean isOpen(
      CertificateProfile profile, StoredCertificate certificate, Instant now) {
    Duration before = profile.renewBefore().compareTo(USUAL) > 0 ? profile.renewBefore() : USUAL;
    Instant half =
        certificate
            .notBefore()
            .plus(Duration.between(certificate.notBefore(), certificate.notAfter()).dividedBy(2));
    return profile.offered()
        && certificate.status() instanceof CertificateStatus.Good
        && !certificate.isExpired(now)
        && !now.isBefore(half)
        && !now.isBefore(certificate.notAfter().minus(before));
  }
}
