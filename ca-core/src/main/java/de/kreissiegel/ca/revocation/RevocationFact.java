package de.kreissiegel.ca.revocation;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Instant;

/**
 * One change of one certificate's status.
 *
 * @param number counts upwards, with gaps where something was not completed
 * @param authority who issued the certificate
 * @param serial its serial number
 * @param status what it became; good means that a hold was released
 * @param recordedAt when it was written down
 */
public record RevocationFact(
    long number,
    AuthorityName authority,
    SerialNumber serial,
    CertificateStatus status,
    Instant recordedAt) {}
