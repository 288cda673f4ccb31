package de.kreissiegel.ca.issuance.parsers;

/** Somebody who reads certificates. */
public interface CertificateParser {
  /**
   * Reads a certificate.
   *
   * @param certificate DER
   */
  ReadCertificate read(byte[] certificate) throws Exception;
}
