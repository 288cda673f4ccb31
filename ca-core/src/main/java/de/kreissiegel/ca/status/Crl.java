package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;

/**
 * A certificate revocation list.
 *
 * @param encoded CertificateList, DER
 * @param number its CRLNumber
 * @param thisUpdate when it was made
 * @param nextUpdate when the next one is there at the latest
 */
public record Crl(Bytes encoded, long number, Instant thisUpdate, Instant nextUpdate) {}
