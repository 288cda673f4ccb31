package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ra.pages.Fingerprint;
import de.kreissiegel.ra.pages.certificates.CertificateRow;
import java.util.HexFormat;

/**
 * A certificate that its applicant takes along.
 *
 * @param row the certificate
 * @param keyHash by what the browser knows its key: SHA-256, hexadecimal
 * @param friendlyName what it is called in the lists of phones and mail programs
 */
record TakenCertificate(CertificateRow row, String keyHash, String friendlyName) {
  static TakenCertificate of(CertificateRow row, CertificateRequest.Content content) {
    return new TakenCertificate(
        row,
        HexFormat.of().formatHex(Fingerprint.sha256(content.publicKey())),
        row.title() + " – " + row.holder());
  }
}
