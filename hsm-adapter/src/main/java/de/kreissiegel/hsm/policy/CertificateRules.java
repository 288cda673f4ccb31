package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Which TBSCertificates a key may sign (RFC 5280 §4.1).
 *
 * @param issuer the DER of the issuer's Name; a certificate must carry exactly these octets
 * @param authorityPathLength the longest path length in a CA certificate: the key's own self-signed
 *     certificate may have it, a subordinate's must be shorter; none means no CA certificate
 * @param endEntities whether certificates of end entities are signed
 * @param longestValidity from notBefore to notAfter
 * @param notAfterLimit no certificate may be valid after this; the end of the issuer's own
 * @param backdating how far notBefore may lie in the past
 */
public record CertificateRules(
    Bytes issuer,
    OptionalInt authorityPathLength,
    boolean endEntities,
    Duration longestValidity,
    Instant notAfterLimit,
    Duration backdating) {}
