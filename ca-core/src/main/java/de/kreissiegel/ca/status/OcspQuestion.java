package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What an OCSP request asks.
 *
 * @param asked the certificates, in the request's order, at least one
 * @param nonce the nonce, 1 to 128 octets (RFC 9654 §2.1)
 */
record OcspQuestion(List<Asked> asked, Optional<Bytes> nonce) {
  OcspQuestion {
    asked = List.copyOf(asked);
  }

  /**
   * A certificate, named by a CertID.
   *
   * @param certId the CertID, DER
   * @param issuer the part of it that names the issuer
   * @param serial the serial number as it came, which may be none that we could have given
   */
  record Asked(Bytes certId, IssuerHash issuer, BigInteger serial) {}

  /**
   * An issuer as a CertID names it.
   *
   * @param algorithm the hash's object identifier, in dots
   * @param name hash of the issuer's DN
   * @param key hash of the issuer's public key, tag, length and unused bits apart
   */
  record IssuerHash(String algorithm, Bytes name, Bytes key) {}
}
