package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;

/**
 * Which TBSCertLists a key may sign (RFC 5280 §5.1).
 *
 * @param issuer the DER of the issuer's Name; a list must carry exactly these octets
 * @param longestValidity from thisUpdate to nextUpdate
 * @param backdating how far thisUpdate may lie in the past
 */
public record ListRules(Bytes issuer, Duration longestValidity, Duration backdating) {}
