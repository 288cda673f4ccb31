package de.kreissiegel.ra.pages.helpdesk;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.certificates.CertificateRow;
import java.time.Instant;

/**
 * A certificate as the help desk sees it.
 *
 * @param row what the list shows
 * @param name names its form: authority and serial number
 * @param holdable whether it is good and in its time
 */
record HoldableCertificate(CertificateRow row, String name, boolean holdable) {
  static HoldableCertificate of(StoredCertificate one, Words words, Instant now) {
    return new HoldableCertificate(
        CertificateRow.of(one, words, now),
        one.authority() + "/" + one.serial(),
        one.status() instanceof CertificateStatus.Good && !one.isExpired(now));
  }
}
