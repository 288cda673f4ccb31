package de.kreissiegel.ra.walkthrough;

import java.security.cert.X509Certificate;

/**
 * A certificate with what belongs to it.
 *
 * @param authority its authority's name in the API's addresses
 * @param certificate itself
 * @param issuer its authority's certificate
 */
record IssuedCertificate(String authority, X509Certificate certificate, X509Certificate issuer) {
  /** Its serial number as addresses write it. */
  String serial() {
    return Text.serial(certificate.getSerialNumber());
  }

  /** Its address below {@code /api/v1}. */
  String path() {
    return "/certificates/" + authority + "/" + serial();
  }
}
