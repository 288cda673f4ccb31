package de.kreissiegel.ra.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ra.encoding.CertificateFiles;
import de.kreissiegel.ra.encoding.Pem;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate with all that is needed to use and to check it.
 *
 * @param certificate what the list tells of it
 * @param pem the certificate
 * @param chain those above it, its issuer first, the root last; PEM
 * @param addresses where its status is told
 * @param lastAsked when a relying party last asked about it by OCSP, to a minute; absent if none
 *     did
 */
record CertificateDetail(
    @JsonUnwrapped CertificateView certificate,
    String pem,
    List<String> chain,
    Addresses addresses,
    Optional<Instant> lastAsked) {

  static CertificateDetail of(
      StoredCertificate stored,
      CertificateFiles files,
      StatusAddresses addresses,
      Optional<Instant> lastAsked,
      Instant now) {
    return new CertificateDetail(
        CertificateView.of(stored, now),
        Pem.certificate(stored.encoded()),
        files.issuers(stored).stream().map(Pem::certificate).toList(),
        new Addresses(
            addresses.ocsp(),
            addresses.crl(stored.authority()),
            addresses.caCertificate(stored.authority())),
        lastAsked);
  }

  /** Where OCSP, the CRL and the issuer's certificate are. */
  record Addresses(URI ocsp, URI crl, URI issuer) {}
}
