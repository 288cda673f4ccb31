package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ra.pages.DistinguishedNames;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;

/**
 * A certificate in a list.
 *
 * @param address of its page
 * @param title what kind it is
 * @param holder whom it names
 * @param tenant for which administration; empty for the system's own
 * @param mark how it stands
 * @param notAfter until when it is valid
 * @param serial hexadecimal
 */
public record CertificateRow(
    String address,
    String title,
    String holder,
    String tenant,
    Mark mark,
    Instant notAfter,
    String serial) {
  public static CertificateRow of(StoredCertificate certificate, Words words, Instant now) {
    return new CertificateRow(
        address(certificate),
        words.profile(certificate.profile()),
        DistinguishedNames.commonName(certificate.subjectName()),
        certificate.tenant().map(words::tenant).orElse(""),
        Standing.of(certificate, now).mark(),
        certificate.notAfter(),
        certificate.serial().toHex());
  }

  /** Where a certificate's page is. */
  public static String address(StoredCertificate certificate) {
    return "/certificates/" + certificate.authority() + "/" + certificate.serial();
  }
}
