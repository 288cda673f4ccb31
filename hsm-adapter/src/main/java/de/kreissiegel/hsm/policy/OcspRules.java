package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.Optional;

/**
 * Which OCSP ResponseData a key may sign (RFC 6960 §4.2.1). A responderID by key must be the hash
 * of this key.
 *
 * @param responderName the DER of the Name that a responderID by name must carry; none means that
 *     the key only answers under its hash
 * @param clockTolerance how far producedAt may be from the vault's clock, either way
 * @param longestValidity from thisUpdate to nextUpdate of each single answer
 */
public record OcspRules(
    Optional<Bytes> responderName, Duration clockTolerance, Duration longestValidity) {}
