package de.kreissiegel.ca.inventory;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;

/**
 * That a relying party asked for the status of a certificate.
 *
 * @param authority who issued it
 * @param serial its serial number
 * @param at when, to a minute or so
 * @param told what the answer was
 */
public record Inquiry(AuthorityName authority, SerialNumber serial, Instant at, Told told) {
  /** What an answer says. */
  public enum Told {
    GOOD,
    HELD,
    REVOKED;

    /** What is said of this status. */
    public static Told of(CertificateStatus status) {
      return switch (status) {
        case CertificateStatus.Good _ -> GOOD;
        case CertificateStatus.OnHold _ -> HELD;
        case CertificateStatus.Revoked _ -> REVOKED;
      };
    }
  }
}
