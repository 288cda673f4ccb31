package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;

/** Issues CRLs and hands out the newest one. */
public final class CrlIssuer {
  /** The newest CRL of this authority; empty if there is no such authority. */
  public Optional<Crl> current(AuthorityName authority) {
    throw new UnsupportedOperationException();
  }

  /**
   * A certificate revocation list.
   *
   * @param encoded CertificateList, DER
   * @param number its CRLNumber
   * @param thisUpdate when it was made
   * @param nextUpdate when the next one is there at the latest
   */
  public record Crl(Bytes encoded, long number, Instant thisUpdate, Instant nextUpdate) {}
}
