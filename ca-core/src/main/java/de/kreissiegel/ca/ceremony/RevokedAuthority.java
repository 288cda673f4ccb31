package de.kreissiegel.ca.ceremony;

import java.math.BigInteger;
import java.time.Instant;

/**
 * An authority's certificate that its root has revoked.
 *
 * @param reason CRLReason (RFC 5280 §5.3.1); 0 for unspecified, which is left out
 */
public record RevokedAuthority(BigInteger serial, Instant time, int reason) {}
