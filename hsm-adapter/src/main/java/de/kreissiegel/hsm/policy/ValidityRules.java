package de.kreissiegel.hsm.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a certificate is valid (RFC 5280 §4.1.2.5).
 *
 * @param longest from notBefore to notAfter
 * @param latestEnd no certificate of the kind may be valid after this
 * @param backdating how far notBefore may lie in the past
 * @param postdating how far notBefore may lie in the future; none: as far as it likes
 */
public record ValidityRules(
    Duration longest,
    Optional<Instant> latestEnd,
    Duration backdating,
    Optional<Duration> postdating) {}
